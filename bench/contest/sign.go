package main

// The section about signing. The signing path of a generated client cannot be called by itself, so the same call is measured without a network,
// signed and unsigned: the document forms.yaml has it a second time, without a security scheme.

import (
	"context"
	"net/http"

	"github.com/msdkgen/msdkgen/bench/contest/forms"
)

type unsignedServer struct {
	forms.UnimplementedDefaultServer
	answer forms.LoginResponse
}

func (s *unsignedServer) Login(context.Context, *forms.LoginRequest) (*forms.LoginResponse, error) {
	return &s.answer, nil
}

var unsignedMessage = message{
	kind: "unsigned", path: loginMessage.path,
	handler: func(answer []byte) (http.Handler, error) {
		s := new(unsignedServer)
		return serving(&s.answer, answer, func() (http.Handler, error) { return forms.NewHandler(forms.Services{Default: s}) })
	},
	call: func(client *http.Client, server string) (func() error, error) {
		c, err := forms.NewClient(forms.WithServer(forms.Server(server)), forms.WithHTTPClient(client))
		question := &forms.LoginRequest{Openid: "A3284A812ECA15269F85AE1C2D94EB37", Openkey: "933FE8C9AB9C585D7EABD04373B7155F", Userip: "192.168.5.114"}
		return asked(err, c.Login, question)
	},
}

// signSection measures client and handler with the login call of v3.
func signSection() section {
	return section{name: "Sign", about: "The login call of v3 without a network: signed, the same call of a document that has no signature, and bare net/http. The difference of the first two " +
		"is what the signature costs. Allocations as a difference.", more: true, rows: []row{
		{name: "client call", set: signingClients}, {name: "handler", set: verifyingHandlers},
	}}
}

func (m message) signing() string {
	if m.kind == unsignedMessage.kind {
		return "unsigned"
	}
	return "signed"
}

func signingClients() (entrants []entrant, end func(), err error) {
	answer := loginPayload()
	client := &http.Client{Transport: &canned{answer: answer}}
	for _, m := range []message{loginMessage, unsignedMessage} {
		call, err := m.call(client, "http://127.0.0.1:1")
		if err != nil {
			return nil, nil, err
		}
		entrants = append(entrants, entrant{name: m.signing(), run: call})
	}
	at, question, err := record(loginMessage, answer)
	if err != nil {
		return nil, nil, err
	}
	plain := bare(question, answer)
	return append(entrants, entrant{name: plain.name, run: plain.call(client, at.String())}), nil, nil
}

func verifyingHandlers() (entrants []entrant, end func(), err error) {
	answer := loginPayload()
	for _, m := range []message{loginMessage, unsignedMessage} {
		handler, err := m.handler(answer)
		if err != nil {
			return nil, nil, err
		}
		at, question, err := record(m, answer)
		if err != nil {
			return nil, nil, err
		}
		run, err := inProcess(handler, at, question, answer)
		if err != nil {
			return nil, nil, err
		}
		entrants = append(entrants, entrant{name: m.signing(), run: run})
	}
	at, question, err := record(loginMessage, answer)
	if err != nil {
		return nil, nil, err
	}
	plain := bare(question, answer)
	run, err := inProcess(plain.handler, at, question, answer)
	return append(entrants, entrant{name: plain.name, run: run}), nil, err
}
