package signing

// Looking for what a caller did instead of what the document says: one thing at a time, and two together where one is not enough. What can
// have been done stands in the files ideas_*.go.

import (
	"slices"
	"strings"
)

// attempt is one other reading of a request. An idea changes it; nothing that it shares with others is ever written to.
type attempt struct {
	in    Input
	given []string
}

// idea is one thing that a caller may have done.
type idea struct {
	group string // two of one group are not tried together
	code  string
	text  string
	apply func(*attempt)
	alone bool // not tried together with others: there are too many of its kind
}

const (
	maxFindings = 4
	// maxWork bounds what is tried, in bytes that go through digests.
	maxWork = 96 << 20
	// workOfRun stands for what a run costs besides those bytes.
	workOfRun = 4 << 10
)

// explore fills x.Would.
func (c *Check) explore(x *Explanation) {
	ideas := c.ideas(x)
	left := maxWork
	try := func(chosen ...*idea) bool {
		size := len(x.Arrival.Request.Body) + len(x.Arrival.Request.RawQuery)
		if left -= workOfRun + 3*size; left < 0 || c.MaxTries > 0 && x.Tried >= c.MaxTries {
			return false
		}
		request := x.Arrival.Request
		a := &attempt{
			in: Input{
				Scheme: c.Match.Operation.Scheme, Request: &request, Credentials: c.Credentials, Key: x.Arrival.Key, Functions: c.Functions,
			},
			given: slices.Clone(x.Arrival.Given),
		}
		for _, i := range chosen {
			i.apply(a)
		}
		x.Tried++
		run, err := Evaluate(a.in)
		if err != nil || !allFit(a.in.Scheme, run, a.given) {
			return false
		}
		var codes, texts []string
		for _, i := range chosen {
			codes, texts = append(codes, i.code), append(texts, i.text)
		}
		x.Would = append(x.Would, Finding{strings.Join(codes, "+"), strings.Join(texts, ", and ")})
		return true
	}
	for i := range ideas {
		if len(x.Would) < maxFindings {
			try(&ideas[i])
		}
	}
	for i := range ideas {
		for j := i + 1; j < len(ideas) && len(x.Would) == 0; j++ {
			if a, b := &ideas[i], &ideas[j]; a.group != b.group && !a.alone && !b.alone {
				try(a, b)
			}
		}
	}
}

// ideas are all that can be tried for a request.
func (c *Check) ideas(x *Explanation) []idea {
	var all []idea
	for _, more := range [][]idea{
		c.keyIdeas(x), c.timeIdeas(x), c.bodyIdeas(x), c.listIdeas(x), c.encodingIdeas(x), c.addressIdeas(x), c.resultIdeas(x),
		c.omissionIdeas(x), c.manyTimes(x),
	} {
		all = append(all, more...)
	}
	return all
}
