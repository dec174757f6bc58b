// Package fuzz holds the generated codecs against go-json-experiment/json, the successor of encoding/json, for as long as one likes. It is part of
// bench because that library is no dependency of msdkgen; what does the comparing is internal/codectest, which the tests of msdkgen use with
// encoding/json alone.
//
//	go -C bench test ./fuzz                                                      # the seeds, and some thousand documents
//	go -C bench test ./fuzz -run '^$' -fuzz FuzzText -fuzztime 5m -parallel 1    # any bytes
//	go -C bench test ./fuzz -run '^$' -fuzz FuzzShape -fuzztime 5m -parallel 1   # documents of each type, with faults in them
//	go -C bench run ./fuzz/plant                                                 # do they find faults that are there?
//
// This file is the library as a parser.
package fuzz

import (
	"encoding/json"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/msdkgen/msdkgen/internal/codectest"
)

//go:generate go run -tags bootstrap github.com/msdkgen/msdkgen/cmd/msdkgen generate

// Parse is a codectest.Parser that asks go-json-experiment/json.
func Parse(text string) (*codectest.Node, error) {
	d := jsontext.NewDecoder(strings.NewReader(text), jsontext.AllowDuplicateNames(true))
	w := codectest.Walk{Text: text, Next: func() (any, int, error) {
		token, err := d.ReadToken()
		if err != nil {
			if err != io.EOF || d.InputOffset() > int64(len(text)) {
				return nil, 0, err
			}
			return nil, len(text), io.EOF
		}
		return plainToken(token), int(d.InputOffset()), nil
	}}
	return w.Value()
}

// plainToken is a token as encoding/json has it.
func plainToken(token jsontext.Token) any {
	switch kind := token.Kind(); kind {
	case '{', '}', '[', ']':
		return json.Delim(kind)
	case '"':
		return token.String()
	case '0':
		return json.Number(token.String())
	case 't', 'f':
		return kind == 't'
	}
	return nil
}
