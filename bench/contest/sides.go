package main

// Client and server on bare net/http: what a careful program does by hand around a codec, and nothing more. No signature, no check of a parameter, no
// validation: what the generated sides do besides is on their account.

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
)

// side is both sides of one library.
type side struct {
	name    string
	handler http.Handler
	call    func(client *http.Client, url string) func() error
}

// bare is net/http that moves the bytes and does not look at them.
func bare(question, answer []byte) side {
	return side{
		name: "bare net/http",
		handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if _, err := body(r.Body, r.ContentLength); err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
			reply(w, answer)
		}),
		call: func(client *http.Client, url string) func() error {
			return func() error {
				_, err := exchange(client, url, question)
				return err
			}
		},
	}
}

// sides are those of all libraries but ours, bare net/http first.
func sides[Req, Resp, OgenReq, OgenResp any, PQ ogenMessage[OgenReq], PR ogenMessage[OgenResp]](question, answer []byte) ([]side, error) {
	all := []side{bare(question, answer)}
	one, err := sideOf(ogenCodec[OgenReq, PQ](), ogenCodec[OgenResp, PR](), question, answer)
	if err != nil {
		return nil, err
	}
	all = append(all, one)
	responses := reflecting[Resp]()
	for i, request := range reflecting[Req]() {
		if request.fresh == nil {
			continue
		}
		one, err := sideOf(request, responses[i], question, answer)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

func sideOf[Req, Resp any](request codec[Req], response codec[Resp], question, answer []byte) (side, error) {
	asked, answered := new(Req), new(Resp)
	if err := errors.Join(request.decode(question, asked), response.decode(answer, answered)); err != nil {
		return side{}, err
	}
	return side{
		name: request.name,
		handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			text, err := body(r.Body, r.ContentLength)
			if err == nil {
				err = request.decode(text, new(Req))
			}
			if err == nil {
				text, err = response.fresh(answered)
			}
			if err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
			reply(w, text)
		}),
		call: func(client *http.Client, url string) func() error {
			return func() error {
				text, err := request.fresh(asked)
				if err != nil {
					return err
				}
				if text, err = exchange(client, url, text); err != nil {
					return err
				}
				return response.decode(text, new(Resp))
			}
		},
	}, nil
}

func reply(w http.ResponseWriter, text []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	_, _ = w.Write(text) // the caller may have gone
}

// exchange posts a question and returns the answer.
func exchange(client *http.Client, url string, question []byte) ([]byte, error) {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, url, bytes.NewReader(question))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }() // all of it has been read
	if resp.StatusCode != http.StatusOK {
		return nil, errors.New(resp.Status)
	}
	return body(resp.Body, resp.ContentLength)
}

// body reads a body of known length into one buffer, which is the cheapest way.
func body(r io.Reader, length int64) ([]byte, error) {
	if length < 0 {
		return io.ReadAll(r)
	}
	text := make([]byte, length)
	_, err := io.ReadFull(r, text)
	return text, err
}
