package main

// What a call or a handler runs against: a recorded request, a writer that keeps nothing, a transport without a network, a server on 127.0.0.1. All of
// it is reused from call to call, so that it adds next to nothing to what is measured.

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// canned is a transport that answers at once, and keeps the last request if it is asked to.
type canned struct {
	answer []byte
	keep   bool
	url    *url.URL
	body   []byte
}

func (c *canned) RoundTrip(r *http.Request) (*http.Response, error) {
	if c.keep {
		c.url = r.URL
		c.body, _ = io.ReadAll(r.Body)
	}
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {"application/json"}}, ContentLength: int64(len(c.answer)), Body: io.NopCloser(bytes.NewReader(c.answer)),
	}, nil
}

// record makes a call of a generated client and returns what it sent.
func record(m message, answer []byte) (*url.URL, []byte, error) {
	transport := &canned{answer: answer, keep: true}
	call, err := m.call(&http.Client{Transport: transport}, "http://127.0.0.1:1")
	if err == nil {
		err = call()
	}
	return transport.url, transport.body, err
}

// sink is a ResponseWriter that forgets, unless it is asked to keep the body.
type sink struct {
	header http.Header
	status int
	size   int
	keep   bool
	body   []byte
}

func (s *sink) Header() http.Header { return s.header }

func (s *sink) WriteHeader(status int) { s.status = status }

func (s *sink) Write(p []byte) (int, error) {
	if s.keep {
		s.body = append(s.body, p...)
	}
	s.size += len(p)
	return len(p), nil
}

type rewound struct{ bytes.Reader }

func (*rewound) Close() error { return nil }

var errOtherAnswer = errors.New("answers something else")

// inProcess calls a handler again and again with one request. With errOtherAnswer, where the answer is not the expected one, comes a function all the same.
func inProcess(handler http.Handler, at *url.URL, question, answer []byte) (func() error, error) {
	content := new(rewound)
	r, err := http.NewRequest(http.MethodPost, at.String(), content)
	if err != nil {
		return nil, err
	}
	r.ContentLength = int64(len(question))
	r.Header.Set("Content-Type", "application/json")
	w := &sink{header: http.Header{}, keep: true}
	run := func() error {
		clear(w.header)
		w.status, w.size = http.StatusOK, 0
		content.Reset(question)
		r.Body = content
		handler.ServeHTTP(w, r)
		if w.status != http.StatusOK || w.size == 0 {
			return fmt.Errorf("answered with status %d and %d bytes", w.status, w.size)
		}
		return nil
	}
	if err := run(); err != nil {
		return nil, err
	}
	w.keep = false
	if at := difference(parsed(answer), parsed(w.body)); at != "" {
		return run, fmt.Errorf("%w, at %s", errOtherAnswer, at)
	}
	return run, nil
}

// listen serves a handler on 127.0.0.1 and returns its address.
func listen(handler http.Handler) (address string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			panic(err) // there is no going on without it
		}
	}()
	return "http://" + listener.Addr().String(), func() { _ = server.Close() }, nil
}

// dialing is an HTTP client with connections of its own. Like those of the generated clients it does not ask for compression.
func dialing() *http.Client {
	return &http.Client{Transport: &http.Transport{DisableCompression: true}}
}
