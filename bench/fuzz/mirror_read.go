package fuzz

// What documents allow beyond JSON's own rules, as functions for json/v2.

import (
	"errors"
	"io"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/msdkgen/msdkgen/internal/codectest"
)

var errShape = errors.New("not of the declared form")

// read decodes one value into v, which is what a special type holds.
func (m *Mirror) read(d *jsontext.Decoder, v reflect.Value, s *codectest.Shape, options json.Options) error {
	v.SetZero()
	kind := d.PeekKind()
	switch {
	case kind == 'n':
		return d.SkipValue()
	case kind == '"' && (s.Embedded || s.TakesEmbedded):
		token, err := d.ReadToken()
		if err != nil {
			return err
		}
		inner := *s
		inner.Embedded, inner.TakesEmbedded = false, false
		return m.readInside(token.String(), v, &inner, options)
	case s.Embedded:
		return errShape
	case s.Kind == codectest.IntOrText:
		e := v.Addr().Interface().(*either)
		if kind == '"' {
			return json.UnmarshalDecode(d, &e.Text)
		}
		e.IsNumber = true
		return json.UnmarshalDecode(d, &e.Number)
	case s.Kind == codectest.List:
		return m.readList(d, v, s, options)
	case kind == '[' && s.EmptyList:
		raw, err := d.ReadValue()
		if err == nil && strings.Trim(string(raw), "[] \t\r\n") != "" {
			err = errShape
		}
		return err
	case kind == '0' && s.TakesInt:
		raw, err := d.ReadValue()
		if err == nil && strings.ContainsAny(string(raw), ".eE") {
			err = errShape
		}
		v.SetString(string(raw))
		return err
	case kind == '"' && s.TakesText:
		token, err := d.ReadToken()
		if err != nil {
			return err
		}
		return number(token.String(), v)
	}
	return json.UnmarshalDecode(d, v.Addr().Interface(), options)
}

// readInside decodes a document in a string.
func (m *Mirror) readInside(text string, v reflect.Value, s *codectest.Shape, options json.Options) error {
	d := jsontext.NewDecoder(strings.NewReader(text), options)
	if err := m.read(d, v, s, options); err != nil {
		return err
	}
	if _, err := d.ReadToken(); err != io.EOF {
		return errShape
	}
	return nil
}

// number decodes an integer that is the whole of a text.
func number(text string, v reflect.Value) error {
	if text == "" || strings.Trim(text[:1], "-0123456789") != "" || strings.TrimSpace(text) != text {
		return errShape
	}
	return json.Unmarshal([]byte(text), v.Addr().Interface())
}

func (m *Mirror) readList(d *jsontext.Decoder, v reflect.Value, s *codectest.Shape, options json.Options) error {
	one := func() error {
		item := reflect.New(v.Type().Elem())
		err := json.UnmarshalDecode(d, item.Interface(), options)
		v.Set(reflect.Append(v, item.Elem()))
		return err
	}
	v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	switch kind := d.PeekKind(); {
	case s.Comma:
		token, err := d.ReadToken()
		if err != nil || kind != '"' {
			return errShape
		}
		return readParts(token.String(), v)
	case kind != '[' && s.Single:
		return one()
	case kind != '[':
		return errShape
	}
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	for d.PeekKind() != ']' {
		err := error(nil)
		if s.Limit > 0 && v.Len() == s.Limit {
			err = d.SkipValue()
		} else {
			err = one()
		}
		if err != nil {
			return err
		}
	}
	_, err := d.ReadToken()
	return err
}

func readParts(text string, v reflect.Value) error {
	if text == "" {
		return nil
	}
	for _, part := range strings.Split(text, ",") {
		item := reflect.New(v.Type().Elem()).Elem()
		if item.Kind() == reflect.String {
			item.SetString(part)
		} else if err := number(part, item); err != nil {
			return err
		}
		v.Set(reflect.Append(v, item))
	}
	return nil
}
