package support

// The response of operations whose document promises no body. A file of its own because it is a public type: a method returns a pointer
// to it, so that all methods of a client have one form.

// NoContent is an answer without a body.
type NoContent struct{}

// AppendJSON appends nothing: nothing is what travels.
func (*NoContent) AppendJSON(dst []byte) []byte { return dst }

func (*NoContent) readJSON(d *jsonReader) { d.skip() }

// bodiless reports whether a response is one that has no body.
func bodiless(out responseBody) bool {
	_, ok := out.(*NoContent)
	return ok
}
