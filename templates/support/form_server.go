package support

// Forms that come in.

import "strconv"

// maxFormFields bounds the fields of a form that comes in.
const maxFormFields = 1024

// decodeForm reads a form into the request.
func (x *exchange) decodeForm(req requestBody) *refusal {
	if media := mediaType(headerValue(x.request.Header, "Content-Type")); media != "" && media != formType && !x.takes(LeniencyContentType, 1) {
		return &refusal{failNotJSON, &DecodeError{Operation: x.op.id, Reason: "the content type is not " + formType}}
	}
	form, ok := req.(formBody)
	if !ok {
		return &refusal{failInternal, nil}
	}
	times := make([]int, len(x.op.form))
	s := scanQuery(x.bodyText())
	count := 0
	for s.next() {
		if count++; count > maxFormFields {
			return x.badForm("", "the form has more than "+strconv.Itoa(maxFormFields)+" fields")
		}
		i := x.op.formIndex(s.name)
		if i < 0 {
			continue
		}
		times[i]++
		if problem := x.op.form[i].problem(&x.rooms.checker, s.value, times[i], false, true); problem != "" {
			return x.badForm(s.name, problem)
		}
		if !form.setField(s.name, s.value) {
			return x.badForm(s.name, "does not have the declared type")
		}
	}
	if s.err != nil {
		return &refusal{failNotJSON, &DecodeError{Operation: x.op.id, Reason: "the form is malformed"}}
	}
	for i, field := range x.op.form {
		if field.required && times[i] == 0 {
			return &refusal{failInvalid, &ValidationError{
				Operation: x.op.id, Violations: []Violation{{Path: field.name, Rule: "required", Message: "is missing"}},
			}}
		}
	}
	return nil
}

func (x *exchange) badForm(name, problem string) *refusal {
	return &refusal{failInvalid, &DecodeError{Operation: x.op.id, Path: plainName(name), Reason: problem}}
}

// formIndex returns the place of a field in the table, -1 if the document does not know it.
func (op *operation) formIndex(name string) int {
	for i := range op.form {
		if op.form[i].name == name {
			return i
		}
	}
	return -1
}
