package main

// The sections about HTTP: the handler alone, the round trip, and what the generated sides add to bare net/http.

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
)

// handlerSection measures the handlers by themselves, with the recorded request of a generated client.
func handlerSection(payloads []payload, remark func(string)) section {
	s := section{name: "Handler, in process", about: "Read the request, decode it, give a ready answer, encode it. The generated handler also routes, verifies the signature " +
		"and validates; the others do not."}
	for _, p := range payloads {
		s.rows = append(s.rows, row{name: p.name, size: len(p.text), set: func() (entrants []entrant, end func(), err error) {
			at, question, err := record(p.message, p.text)
			if err != nil {
				return nil, nil, err
			}
			all, err := p.allSides(question)
			if err != nil {
				return nil, nil, err
			}
			for _, one := range all {
				run, err := inProcess(one.handler, at, question, p.text)
				if errors.Is(err, errOtherAnswer) && p.file {
					remark(p.name + ": " + one.name + " " + err.Error())
					err = nil
				}
				if err != nil {
					return nil, nil, fmt.Errorf("%s: %w", one.name, err)
				}
				entrants = append(entrants, entrant{name: one.name, run: run})
			}
			return entrants, nil, nil
		}})
	}
	return s
}

// tripSection measures both sides of each library together.
func tripSection(payloads []payload) section {
	s := section{name: "Round trip on 127.0.0.1", about: "A call and its answer over a kept connection, both sides of one library. The generated sides also sign, verify and validate."}
	for _, p := range payloads {
		s.rows = append(s.rows, row{name: p.name, size: len(p.text), set: func() ([]entrant, func(), error) {
			_, question, err := record(p.message, p.text)
			if err != nil {
				return nil, nil, err
			}
			all, err := p.allSides(question)
			if err != nil {
				return nil, nil, err
			}
			var trips []trip
			for _, one := range all {
				trips = append(trips, trip{one.name, one, one})
			}
			return p.connect(trips)
		}})
	}
	return s
}

// bareSection compares one generated side, and both, with bare net/http that moves the same bytes.
func bareSection(payloads []payload) section {
	s := section{name: "Beside bare net/http", about: "The first column is bare net/http on both sides, which moves the same bytes and does not look at them; then the generated client, " +
		"the generated handler, and both, in its place. On 127.0.0.1, over kept connections. Allocations as a difference.", more: true}
	for _, p := range payloads {
		s.rows = append(s.rows, row{name: p.name, size: len(p.text), set: func() ([]entrant, func(), error) {
			_, question, err := record(p.message, p.text)
			if err != nil {
				return nil, nil, err
			}
			ours, err := p.ours()
			if err != nil {
				return nil, nil, err
			}
			plain := bare(question, p.text)
			return p.connect([]trip{
				{plain.name, plain, plain}, {"generated client", ours, plain}, {"generated handler", plain, ours}, {"both", ours, ours},
			})
		}})
	}
	return s
}

// ours is the generated side. Its client makes its URL itself, so it has no call.
func (p *payload) ours() (side, error) {
	handler, err := p.handler(p.text)
	return side{name: "msdkgen", handler: handler}, err
}

// allSides are ours and those of the others.
func (p *payload) allSides(question []byte) ([]side, error) {
	ours, err := p.ours()
	if err != nil {
		return nil, err
	}
	others, err := p.peers(question, p.text)
	return slices.Insert(others, 0, ours), err
}

// trip is a client and a server.
type trip struct {
	name           string
	client, server side
}

// connect starts a server for each trip, and makes its client.
func (p *payload) connect(trips []trip) (entrants []entrant, end func(), err error) {
	var stops []func()
	end = func() {
		for _, stop := range stops {
			stop()
		}
	}
	at, _, err := record(p.message, p.text)
	if err != nil {
		return nil, end, err
	}
	for _, t := range trips {
		address, stop, err := listen(t.server.handler)
		if err != nil {
			return nil, end, err
		}
		client := dialing()
		stops = append(stops, stop, client.CloseIdleConnections)
		run, err := t.client.connect(p.message, client, address, address+at.RequestURI())
		if err != nil {
			return nil, end, err
		}
		entrants = append(entrants, entrant{name: t.name, run: run})
	}
	return entrants, end, nil
}

func (s side) connect(m message, client *http.Client, address, url string) (func() error, error) {
	if s.call == nil {
		return m.call(client, address)
	}
	return s.call(client, url), nil
}
