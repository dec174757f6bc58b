package support

// Paths with parameters on the server. Fixed paths are a switch in the generated code and never come here.

import (
	"net/url"
	"strings"
)

// matches reports whether the request is for a path of the document, and keeps the values of its parameters. A parameter never reaches
// over a slash that the caller did not encode.
func (x *exchange) matches(pattern string) bool {
	x.pathValues = nil
	path := strings.TrimPrefix(x.request.URL.EscapedPath(), "/")
	pattern = strings.TrimPrefix(pattern, "/")
	if x.slash {
		path, pattern = strings.TrimSuffix(path, "/"), strings.TrimSuffix(pattern, "/")
	}
	for {
		segment, restOfPath, more := strings.Cut(path, "/")
		form, restOfPattern, moreForm := strings.Cut(pattern, "/")
		if more != moreForm || !x.matchSegment(form, segment) {
			return false
		}
		if !more {
			return true
		}
		path, pattern = restOfPath, restOfPattern
	}
}

// matchSegment reads one segment. A parameter reaches up to the literal that follows it, the last one to the end.
func (x *exchange) matchSegment(form, segment string) bool {
	for form != "" {
		literal, name, rest := cutHole(form)
		if name == "" {
			decoded, err := url.PathUnescape(segment)
			return err == nil && decoded == literal
		}
		var ok bool
		if segment, ok = strings.CutPrefix(segment, literal); !ok {
			return false
		}
		end := len(segment)
		if next, another, _ := cutHole(rest); another != "" {
			end = strings.Index(segment, next)
		} else {
			end -= len(next)
		}
		if end <= 0 {
			return false // no parameter in a path is empty
		}
		value, err := url.PathUnescape(segment[:end])
		if err != nil || len(x.pathValues) == maxPathValues {
			return false
		}
		x.pathValues = append(x.pathValues, pair{name, value})
		segment, form = segment[end:], rest
	}
	return segment == ""
}

// maxPathValues is more than any path has.
const maxPathValues = 32
