package command

// stdout of a run. It is a type of its own so that no command can lose what it prints: a full disk behind ">" has to end the run with 2,
// whichever command it was.

import "io"

// output remembers the first write that failed.
type output struct {
	io.Writer
	err error
}

func (o *output) Write(text []byte) (int, error) {
	n, err := o.Writer.Write(text)
	if err != nil && o.err == nil {
		o.err = err
	}
	return n, err
}

// bare is the writer below an output: what asks whether it is a terminal, or hands it to a child, needs the file itself.
func bare(w io.Writer) io.Writer {
	if o, ok := w.(*output); ok {
		return o.Writer
	}
	return w
}
