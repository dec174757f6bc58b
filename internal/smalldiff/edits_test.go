package smalldiff

// The kinds of edit, as a table: which places of a document each can be made at, and what is done there.

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// added is the name of whatever an edit adds. Nothing else in the documents is called so.
const added = "zz_added"

// kind is one kind of edit.
type kind struct {
	name string
	// bare compares with what comes out without examples: the edit would make them wrong.
	bare bool
	// places lists pointers; a kind that can do several things at one of them puts a number behind a blank.
	places func(d *document) []string
	apply  func(e *edit)
	bound  bound
}

// edit is one edit of one place.
type edit struct {
	t       *testing.T
	doc     *document
	root    *load.Node // a copy to work on
	n       *load.Node // the place in it
	variant int
	pick    func(n int) int // a number below n, from the seed
	// about are the spellings that names have to hold if they come or go with this edit; none: no name does.
	about []string
	// owners are the Go types of the operation or component around the place.
	owners []string
	// renamed is set where names do not come or go, but change: from, to.
	renamed [2]string
	// uses is how many lines of the output state what is edited, where the edit knows; otherwise 1.
	uses int
}

// The bounds are what is needed, plus little. Those on codecs leave room: how messages are read is nobody's to review line by line.
var kinds = []kind{
	{name: "description", places: descriptions, apply: editDescription, bound: bound{facts: 2, examples: 2}},
	{name: "optional field", places: objects, apply: addOptional, bound: bound{facts: 8, codec: 16, names: true}},
	{name: "required field", bare: true, places: objects, apply: addRequired, bound: bound{facts: 8, codec: 16, names: true}},
	{name: "enum value", places: enums, apply: addValue, bound: bound{facts: 8, codec: 8}},
	{name: "operation", places: operations, apply: addOperation, bound: bound{facts: 130, codec: 200}},
	{name: "query parameter", places: operations, apply: addParameter, bound: bound{facts: 16, codec: 8, examples: 20, names: true}},
	{name: "limit", places: limits, apply: raiseLimit, bound: bound{facts: 4, codec: 2}},
	{name: "error code", places: errorCodes, apply: addCode, bound: bound{facts: 6}},
	{name: "renamed schema", places: schemas, apply: renameSchema, bound: bound{facts: 2, codec: 2, examples: 20}},
	{name: "removed field", bare: true, places: properties, apply: removeField, bound: bound{facts: 16, codec: 16, names: true}},
	{name: "reordered paths", places: paths, apply: movePath, bound: bound{facts: 2, codec: 2, examples: 100, same: true}},
	{name: "signing", places: signing, apply: editSigning, bound: bound{facts: 6}},
}

// walk calls visit for all nodes that are part of the description, leaving out what examples hold.
func walk(n *load.Node, visit func(*load.Node)) {
	visit(n)
	for _, child := range n.Children {
		switch child.Key {
		case "example", "examples", "x-msdk-examples-as-printed", "default":
			continue
		}
		walk(child, visit)
	}
}

func collect(n *load.Node, wanted func(*load.Node) bool) []string {
	var found []string
	walk(n, func(n *load.Node) {
		if wanted(n) {
			found = append(found, n.Pointer)
		}
	})
	return found
}

func underProperties(n *load.Node) bool {
	return strings.HasSuffix(n.Pointer, "/properties/"+n.Key)
}

func descriptions(d *document) []string {
	return collect(d.root, func(n *load.Node) bool {
		return n.Key == "description" && n.Kind == load.Text && !underProperties(n) && strings.HasSuffix(n.Value, ".") && !strings.HasPrefix(n.Pointer, "/info")
	})
}

// editDescription changes the last sentence. Each line that states it is one line out and one line in.
func editDescription(e *edit) {
	sentence := e.n.Value[strings.LastIndex(strings.TrimSuffix(e.n.Value, "."), ". ")+1:]
	sentence = strings.TrimSpace(sentence[strings.LastIndex(strings.TrimSuffix(sentence, "\n"), "\n")+1:])
	e.n.Value = strings.TrimSuffix(e.n.Value, ".") + ", as edited."
	tail := sentence[max(0, len(sentence)-30):] // its head may stand behind the name of the thing
	e.uses = 0
	for _, text := range e.doc.whole {
		e.uses += strings.Count(text, tail+"\n")
	}
}

// objects are schemas with properties.
func objects(d *document) []string {
	return collect(d.root, func(n *load.Node) bool {
		p := n.Member("properties")
		return p != nil && p.Kind == load.Mapping && len(p.Children) > 0 && !underProperties(n.Member("properties")) && n.Key != "properties"
	})
}

func (e *edit) addProperty() {
	properties := e.n.Member("properties")
	property := fragment(e.t, added, `{"type": "string", "description": "An added field.", "maxLength": 32}`)
	properties.Children = slices.Insert(properties.Children, e.pick(len(properties.Children)+1), property)
	e.about = []string{added}
}

func addOptional(e *edit) { e.addProperty() }

func addRequired(e *edit) {
	stripExamples(e.root)
	e.addProperty()
	required := e.n.Member("required")
	if required == nil {
		required = &load.Node{Key: "required", Kind: load.List}
		e.n.Children = append(e.n.Children, required)
	}
	required.Children = append(required.Children, &load.Node{Kind: load.Text, Value: added})
}

func enums(d *document) []string {
	return collect(d.root, func(n *load.Node) bool {
		values := n.Member("enum")
		if values == nil {
			values = n.Member("x-msdk-enum")
		}
		return values != nil && values.Kind == load.List && len(values.Children) > 1
	})
}

func addValue(e *edit) {
	e.about = []string{added}
	e.uses = usesOf(e, e.n.Pointer+"/enum")
	value := `"` + added + `"`
	if e.n.Member("type") != nil && e.n.Member("type").Value == "integer" {
		value = strconv.Itoa(1 << 29) // a bit of its own, should it be flags
	}
	values, named := e.n.Member("enum"), e.n.Member("x-msdk-enum")
	entry := `{"name": "ZzAdded", "description": "An added value."}`
	if values == nil {
		entry = `{"value": ` + value + `, "name": "ZzAdded", "description": "An added value."}`
	}
	i := e.pick(2) * 100 // at the head or at the end
	if values != nil {
		values.Children = slices.Insert(values.Children, min(i, len(values.Children)), fragment(e.t, "", value))
	}
	if named != nil {
		named.Children = slices.Insert(named.Children, min(i, len(named.Children)), fragment(e.t, "", entry))
	}
}

func operations(d *document) []string {
	return collect(d.root.Member("paths"), func(n *load.Node) bool { return n.Kind == load.Mapping && n.Has("operationId") && n.Has("parameters") })
}

// answerKeys are the members of an answer that results read.
var answerKeys = []string{"ret", "msg", "message", "ActionStatus", "ErrorInfo", "ErrorCode"}

// addOperation adds one like the operation at the place, with a body of two fields and an answer that says no more than whether it worked.
func addOperation(e *edit) {
	op := clone(e.n)
	for _, key := range []string{"requestBody", "x-msdk-variants", "x-msdk-path-aliases", "x-go-name"} {
		remove(op, key)
	}
	op.Member("operationId").Value = added
	parameters := op.Member("parameters")
	parameters.Children = slices.DeleteFunc(parameters.Children, func(n *load.Node) bool { return text(n, "x-msdk-value") == "variant" })
	stripExamples(op)
	if answer := at(op, e.n.Pointer+"/responses/200/content/application~1json/schema"); answer != nil && answer.Has("properties") {
		kept := answer.Member("properties")
		kept.Children = slices.DeleteFunc(kept.Children, func(n *load.Node) bool { return !slices.Contains(answerKeys, n.Key) })
		for _, list := range []string{"required", "x-msdk-expected"} {
			if names := answer.Member(list); names != nil {
				names.Children = slices.DeleteFunc(names.Children, func(n *load.Node) bool { return !slices.Contains(answerKeys, n.Value) })
			}
		}
	}
	op.Children = append(op.Children, fragment(e.t, "requestBody",
		`{"required": true, "content": {"application/json": {"schema": {"type": "object", "required": ["name"], "properties": {
			"name": {"type": "string", "description": "A name.", "maxLength": 9}, "count": {"type": "integer", "description": "A number."}}}}}}`))
	paths := e.root.Member("paths")
	item := &load.Node{Key: "/zz/added", Kind: load.Mapping, Children: []*load.Node{op}}
	paths.Children = slices.Insert(paths.Children, e.pick(len(paths.Children)+1), item)
	e.about = []string{added}
}

func text(n *load.Node, key string) string {
	if m := n.Member(key); m != nil {
		return m.Value
	}
	return ""
}

func addParameter(e *edit) {
	for _, op := range e.doc.api.Operations {
		if op.Pos == e.n.Place() {
			e.uses = len(op.Calls) // each variant has a request of its own
		}
	}
	parameters := e.n.Member("parameters")
	parameter := fragment(e.t, "", `{"name": "`+added+`", "in": "query", "description": "An added parameter.", "schema": {"type": "string", "maxLength": 32}}`)
	parameters.Children = slices.Insert(parameters.Children, e.pick(len(parameters.Children)+1), parameter)
	e.about = []string{added}
}

func limits(d *document) []string {
	return collect(d.root, func(n *load.Node) bool {
		return n.Kind == load.Number && !underProperties(n) && slices.Contains([]string{"maxLength", "maximum", "maxItems", "x-msdk-max-bytes"}, n.Key)
	})
}

// usesOf counts the fields and parameters that have the type of a component: what is stated at the component is stated at each of them. 1
// for other places.
func usesOf(e *edit, pointer string) int {
	n := 0
	use := func(t *ir.Type) {
		for ; t != nil; t = t.Elem {
			if t.Component && strings.HasPrefix(pointer, load.Pointer("components", "schemas", t.Name.Spec)+"/") && t.Kind != ir.KindStruct {
				n++
			}
		}
	}
	for _, t := range e.doc.api.Types {
		for _, f := range t.Fields {
			use(f.Type)
		}
	}
	for _, op := range e.doc.api.Operations {
		for _, p := range op.Parameters {
			use(p.Type)
			if strings.HasPrefix(pointer, "/components/parameters/"+p.Name.Spec+"/") {
				n++
			}
		}
		for _, c := range op.Calls {
			for _, f := range c.Request.Fields {
				use(f.Type)
			}
		}
	}
	return max(n, 1)
}

// raiseLimit raises: a lower limit could make examples wrong.
func raiseLimit(e *edit) {
	e.uses = usesOf(e, e.n.Pointer)
	n, err := strconv.ParseInt(e.n.Value, 10, 64)
	if err == nil {
		e.n.Value = strconv.FormatInt(n+1, 10)
	}
}

func errorCodes(d *document) []string {
	return collect(d.root.Member("x-msdk-results"), func(n *load.Node) bool {
		return strings.HasSuffix(n.Pointer, "/code") && strings.Contains(n.Pointer, "/errors/")
	})
}

// addCode adds one in front of the code at the place.
func addCode(e *edit) {
	holder := at(e.root, e.n.Pointer[:strings.LastIndex(e.n.Pointer, "/")])
	list := at(e.root, holder.Pointer[:strings.LastIndex(holder.Pointer, "/")])
	code := fragment(e.t, "", fmt.Sprintf(`{"code": -99999, "name": "ZzAdded", "layer": %q, "text": "An added code."}`, text(holder, "layer")))
	list.Children = slices.Insert(list.Children, slices.Index(list.Children, holder), code)
	e.about = []string{added}
}
