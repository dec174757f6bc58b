package support

import (
	"context"
	"testing"
)

func TestEcho(t *testing.T) {
	text, number := "", int64(0)
	var textOpt Opt[string]
	var numberOpt Opt[int64]
	repeat := func(value string) {
		echoText(&text, value)
		echoTextOpt(&textOpt, value)
		echoInt(&number, value)
		echoIntOpt(&numberOpt, value)
	}
	repeat("")
	repeat("x")
	if text != "x" || textOpt != Some("x") || number != 0 || numberOpt.IsSet() {
		t.Errorf("text: %q, %v, %d, %v", text, textOpt, number, numberOpt)
	}
	repeat("7")
	repeat("8")
	if text != "x" || textOpt != Some("x") || number != 7 || numberOpt != Some[int64](7) {
		t.Errorf("a number behind a text: %q, %v, %d, %v", text, textOpt, number, numberOpt)
	}
}

// TestServerEchoes: what the service says counts, and its own response is not written to.
func TestServerEchoes(t *testing.T) {
	own := &wireResponse{Msg: "m"}
	server := wireServerFor(t, wireService{
		login: func(_ context.Context, req *wireRequest) (*wireResponse, error) {
			return own, nil
		},
	})
	c := wireClientFor(t, server.URL)
	for i, said := range []string{"", "said"} {
		own.IsLost = said
		got, err := c.login(context.Background(), wireExample(), withWireVersion("3.2"))
		if err != nil || got.IsLost != [...]string{"3.2", "said"}[i] || own.IsLost != said {
			t.Errorf("the service says %q: %v, %v, own %v", said, got, err, own)
		}
	}
}
