package main

// The section about leniency: what a declared tolerance costs beside the plain form. Each document holds a list of a thousand values and nothing else, so
// that the ratio is that of one value.

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/msdkgen/msdkgen/bench/contest/forms"
)

const values = 1000

// form is one comparison: the same values, in the member that takes the plain form only and in the one that takes more.
type form struct {
	name, plain, taken string
}

func lenientSection(s source) section {
	var forms []form
	numbers, quoted, names, objects, texts := make([]string, values), make([]string, values), make([]string, values), make([]string, values), make([]string, values)
	turned, turnedTexts := make([]string, values), make([]string, values) // with the members in the other order
	for i := range values {
		numbers[i] = fmt.Sprint(s.time())
		quoted[i] = `"` + numbers[i] + `"`
		names[i] = string(document(s.nickName()))
		level := s.IntN(100)
		objects[i] = fmt.Sprintf(`{"level":%d,"name":%s}`, level, names[i])
		turned[i] = fmt.Sprintf(`{"name":%s,"level":%d}`, names[i], level)
		texts[i], turnedTexts[i] = string(document(objects[i])), string(document(turned[i]))
	}
	list := func(member string, items []string) string {
		return fmt.Sprintf(`{%q:[%s]}`, member, strings.Join(items, ","))
	}
	integers := list("integer_plain", numbers)
	forms = append(forms,
		form{"an integer that may be text, as an integer", integers, list("integer_taken", numbers)},
		form{"an integer that may be text, as text", integers, list("integer_taken", quoted)},
		form{"text that may be an integer, as text", list("text_plain", names), list("text_taken", names)},
		form{"text that may be an integer, as an integer", list("text_plain", quoted), list("text_taken", numbers)},
		form{"an object that may be [], as an object", list("object_plain", objects), list("object_taken", objects)},
		form{"an object that may be [], as [] (beside {})", list("object_plain", repeated("{}")), list("object_taken", repeated("[]"))},
		form{"an object that may be inside text, as an object", list("object_plain", objects), list("quoted_taken", objects)},
		form{"an object that may be inside text, inside text", list("object_plain", objects), list("quoted_taken", texts)},
		form{"an object that is always inside text", list("object_plain", objects), list("inside_taken", texts)},
		form{"an object that is always inside text, in another order", list("object_plain", turned), list("inside_taken", turnedTexts)},
		form{"a comma list of texts (beside a list)", list("text_plain", quoted), `{"commas_taken":"` + strings.Join(numbers, ",") + `"}`},
		form{"a comma list of integers (beside a list)", integers, `{"counts_taken":"` + strings.Join(numbers, ",") + `"}`},
	)
	out := section{name: "Leniency", about: "Decoding one value of a declared lenient form, beside the plain form of the same value (a thousand of them in a list)."}
	for _, f := range forms {
		out.rows = append(out.rows, row{name: f.name, set: f.readers})
	}
	return out
}

func (f form) readers() (entrants []entrant, end func(), err error) {
	plain, err := reader(f.plain)
	if err != nil {
		return nil, nil, err
	}
	taken, err := reader(f.taken)
	return []entrant{{name: "plain", run: plain}, {name: "lenient", run: taken}}, nil, err
}

func repeated(text string) []string {
	all := make([]string, values)
	for i := range all {
		all[i] = text
	}
	return all
}

// reader decodes a document into our type again and again. It fails where the values got lost.
func reader(text string) (func() error, error) {
	v, input := new(forms.FormsResponse), []byte(text)
	run := func() error {
		*v = forms.FormsResponse{}
		return v.UnmarshalJSON(input)
	}
	if err := run(); err != nil {
		return nil, err
	}
	found := len(v.IntegerPlain) + len(v.IntegerTaken) + len(v.TextPlain) + len(v.TextTaken) + len(v.ObjectPlain) + len(v.ObjectTaken) +
		len(v.QuotedTaken) + len(v.InsideTaken) + len(v.CommasTaken) + len(v.CountsTaken)
	if found != values || !json.Valid(input) {
		return nil, fmt.Errorf("%d values in place of %d", found, values)
	}
	return run, nil
}
