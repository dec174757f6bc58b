package support

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestDecodeErrorPlace(t *testing.T) {
	for _, c := range []struct {
		text, path   string
		line, column int
		reason       string
	}{
		{`{"GroupInfo":[{},{"MemberList":[{"Account":"a"},{"Account":7}]}],"ret":0}`, "GroupInfo[1].MemberList[1].Account", 1, 60,
			"want a string, found a number"},
		{"{\n  \"ret\": 0,\n  \"msg\": tru\n}", "msg", 3, 10, "want a string, found true or false"},
		{"{\"ret\":0,\n\n\"msg\" \"\"}", "", 3, 7, "want a colon, found a string"},
		{`{"ret":0,"msg":"a` + "\x01" + `"}`, "msg", 1, 18, "control character 0x01 inside a string"},
		{`{"ret":0,"msg":"0123456789` + "\xff" + `9876543210"}`, "msg", 1, 27, "invalid UTF-8"},
		{`{"ret":0,"msg":"\q"}`, "msg", 1, 17, "an escape that JSON does not have"},
		{`{"ret":01}`, "ret", 1, 8, faultZero},
		{`{"ret":0,"ret":0}`, "ret", 1, 10, "the member is repeated"},
		{`{"ret":0,}`, "", 1, 10, `want the name of a member, found "}"`},
		{`{"ret":0`, "ret", 1, 9, "want a comma or the end of the object, found the end of the text"},
		{`{"ret":0} {}`, "", 1, 11, "text after the end of the document"},
		{`[]`, "", 1, 1, "want an object, found a list"},
		{``, "", 1, 1, "want an object, found the end of the text"},
		{`{"GroupInfo":[{"Counts":{"x":{}}}]}`, "GroupInfo[0].Counts.x", 1, 30, "want an integer, found an object"},
		{`{"GroupInfo":[{"Counts":{"a b":{}}}]}`, "GroupInfo[0].Counts.?", 1, 32, "want an integer, found an object"},
		{`{"GroupInfo":[{"Text":"{\"Account\":1}"}]}`, "GroupInfo[0].Text.Account", 1, 23,
			"inside the string: want a string, found a number"},
		{`{"GroupInfo":[{"More":"a","Numbers":"1,x"}]}`, "GroupInfo[0].Numbers", 1, 37,
			"item 1 of the list in the string is no integer that fits"},
		{`{"a\"b":"]\\","x":[[1,{"y":"\\"}]],"ret":""}`, "ret", 1, 42, "want an integer, found a string"},
	} {
		_, err := read(c.text, new(sampleReply), readLimits{})
		var e *DecodeError
		if !errors.As(err, &e) || !errors.Is(err, ErrDecode) {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if e.Path != c.path || e.Line != c.line || e.Column != c.column || e.Reason != c.reason {
			t.Errorf("%s:\n got %q %d:%d %q\nwant %q %d:%d %q", c.text, e.Path, e.Line, e.Column, e.Reason, c.path, c.line, c.column, c.reason)
		}
	}
}

// A token may stand anywhere in a body: as a value, as the name of a member, as text that is no JSON at all.
func TestDecodeErrorHoldsNoValue(t *testing.T) {
	const canary = "CANARYtoken0815"
	for _, text := range []string{
		canary, `"` + canary, `{` + canary, `{"` + canary, `{"` + canary + `"`, `{"` + canary + `":`, `{"` + canary + `":x`,
		`{"` + canary + `":{"` + canary + `":x`, `{"ret":"` + canary + `"}`, `{"ret":` + canary + `}`, `{"msg":` + canary + `}`,
		`{"msg":"` + canary + "\x00", `{"msg":"` + canary + `\x"}`, `{"msg":"` + canary + "\xff\"}", `{"ret":0} ` + canary,
		`{"ret":0 "` + canary + `"}`, `{"GroupInfo":["` + canary + `"]}`, `{"GroupInfo":[{"Small":"` + canary + `"}]}`,
		`{"GroupInfo":[{"Numbers":"` + canary + `"}]}`, `{"GroupInfo":[{"Text":"` + canary + `"}]}`,
		`{"GroupInfo":[{"Text":"{\"` + canary + `\":"}]}`, `{"GroupInfo":[{"` + canary + `":[` + canary + `]}]}`,
		`{"GroupInfo":[{"Inner":{"` + canary + `":` + canary + `}}]}`, `{"` + canary + `":1}`,
	} {
		_, err := read(text, new(sampleReply), readLimits{})
		if err == nil {
			t.Errorf("%s: no error", text)
			continue
		}
		printed := fmt.Sprintf("%v %+v %#v %q %+v", err, err, err, err, *err.(*DecodeError))
		if strings.Contains(printed, "CANARY") || strings.Contains(printed, "0815") {
			t.Errorf("%s: %s", text, printed)
		}
	}
}

func TestErrorsAreShortLines(t *testing.T) {
	name := strings.Repeat("n", maxNameText)
	deep := strings.Repeat(`{"`+name+`":`, 50)
	var g sampleGroup
	err := g.UnmarshalJSON([]byte(`{"Counts":{"` + name + `":{}}}`))
	other := g.UnmarshalJSON([]byte(deep + "x"))
	long := &DecodeError{Operation: strings.Repeat("é", 300), Reason: strings.Repeat("\r\né", 300), Path: deep}
	many := &ValidationError{Operation: strings.Repeat("o", 600), Violations: []Violation{{Path: "a\nb", Rule: "r", Message: "m"}}}
	for _, err := range []error{err, other, long, many} {
		text := err.Error()
		if len(text) > maxErrorText || strings.ContainsAny(text, "\n\r") || strings.ToValidUTF8(text, "!") != text {
			t.Errorf("%d bytes: %s", len(text), text)
		}
	}
	if p := err.(*DecodeError).Path; len(p) > maxPathText || !strings.HasPrefix(p, "Counts.nnn") {
		t.Error(p)
	}
}

func TestValidationErrorText(t *testing.T) {
	v := Violation{Path: "a.b", Rule: "maxLength", Message: "has 3 characters, at most 2 allowed"}
	for _, c := range []struct {
		err  *ValidationError
		want string
	}{
		{&ValidationError{Operation: "op", Violations: []Violation{v}}, "op: validation: a.b: maxLength (has 3 characters, at most 2 allowed)"},
		{&ValidationError{Violations: []Violation{{Rule: "r", Message: "m"}, {Path: "p", Rule: "r", Message: "m"}}},
			"validation: the value: r (m); p: r (m)"},
		{&ValidationError{Violations: make([]Violation, 5), more: 2},
			"validation: the value:  (); the value:  (); the value:  (); and 4 more"},
	} {
		if got := c.err.Error(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
