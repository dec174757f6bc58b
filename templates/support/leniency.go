package support

// Wire leniency: what a server takes although the document says otherwise, because the vendor takes it and callers rely on it. Every
// kind has a name, can be counted and can be switched off.

import (
	"strconv"
	"sync/atomic"
)

// Leniency is one kind of departure from the document that a handler takes.
type Leniency uint8

// The kinds of leniency. The first four are the reader's and apply only to what the document allows them for.
const (
	// LeniencyTextForInt: a string where an integer is declared (x-msdk-accept).
	LeniencyTextForInt Leniency = leniencyTextForInt
	// LeniencyIntForText: an integer where a string is declared (x-msdk-accept).
	LeniencyIntForText Leniency = leniencyIntForText
	// LeniencyEmptyList: [] for an empty object (x-msdk-empty-list).
	LeniencyEmptyList Leniency = leniencyEmptyList
	// LeniencyEmbeddedJSON: a string that holds an object as JSON, for the object (x-msdk-accept).
	LeniencyEmbeddedJSON Leniency = leniencyEmbeddedJSON
	// LeniencyContentType: a JSON body under another content type, such as application/x-www-form-urlencoded.
	LeniencyContentType Leniency = leniencyKinds
	// LeniencyTrailingSlash: a slash behind the path.
	LeniencyTrailingSlash Leniency = leniencyKinds + 1

	allLeniencies = leniencyKinds + 2
)

// String returns the name used in traces.
func (l Leniency) String() string {
	switch l {
	case LeniencyTextForInt:
		return "text-for-int"
	case LeniencyIntForText:
		return "int-for-text"
	case LeniencyEmptyList:
		return "empty-list"
	case LeniencyEmbeddedJSON:
		return "embedded-json"
	case LeniencyContentType:
		return "content-type"
	case LeniencyTrailingSlash:
		return "trailing-slash"
	}
	return "Leniency(" + strconv.Itoa(int(l)) + ")"
}

// LeniencyCounter counts how often each kind was made use of. The zero value is ready; it may be shared by several handlers.
type LeniencyCounter struct {
	counts [allLeniencies]atomic.Int64
}

// Count returns how often a kind was made use of.
func (c *LeniencyCounter) Count(kind Leniency) int64 {
	if int(kind) >= len(c.counts) {
		return 0
	}
	return c.counts[kind].Load()
}

// WithLeniencyCounter counts what the handler took although the document says otherwise.
func WithLeniencyCounter(counter *LeniencyCounter) HandlerOption {
	return handlerOption(func(h *handlerState) {
		if counter == nil {
			h.problems.add("the leniency counter is nil")
			return
		}
		h.counter = counter
	})
}

// WithoutLeniency switches kinds of leniency off, all of them if none is named. What they would have let pass is then refused.
func WithoutLeniency(kinds ...Leniency) HandlerOption {
	return handlerOption(func(h *handlerState) {
		if len(kinds) == 0 {
			for i := range h.strict {
				h.strict[i] = true
			}
		}
		for _, kind := range kinds {
			if int(kind) >= len(h.strict) {
				h.problems.add("there is no " + kind.String())
				continue
			}
			h.strict[kind] = true
		}
	})
}

// takes reports whether a departure is accepted, and counts it if so.
func (x *exchange) takes(kind Leniency, times int) bool {
	h := x.handler
	if h.strict[kind] {
		return false
	}
	if h.counter != nil {
		h.counter.counts[kind].Add(int64(times))
	}
	x.trace(TraceEvent{Step: StepLeniency, Leniency: kind.String()})
	return true
}

// strictReader reports whether all of the reader's kinds are off, so that it can refuse at the exact place.
func (h *handlerState) strictReader() bool {
	for _, off := range h.strict[:leniencyKinds] {
		if !off {
			return false
		}
	}
	return true
}
