// The grammar of OpenAPI 3.0 and 3.1 as a table: which keys each object has and what they take. check.go walks a document along it.
// A table, because a reader compares it with the specification line by line; kin-openapi knows the same, but reports without places.
package load

import "regexp"

// version says in which versions of OpenAPI a key is known.
type version uint8

const (
	everywhere version = iota
	only30
	only31
)

// value is what may stand at a place. The kinds that are set are alternatives, told apart by the kind of the node.
type value struct {
	any     bool // anything, not looked into
	null    bool
	text    bool
	words   []string // the text is one of these
	url     bool     // the text is the URL of a server
	schema  bool     // the text may be a $ref-like pointer to a schema
	boolean bool
	// boolean31 allows true and false in 3.1 only: there they are schemas.
	boolean31 bool
	number    bool
	integer   bool
	item      *value // a list of these
	entry     *value // a mapping with free keys and these values
	named     bool   // whose keys are names of components
	media     bool   // whose keys are media types
	shape     string // a mapping of this shape
	ref       bool   // or {$ref: …} to such a mapping
}

var (
	anything = value{any: true}
	text     = value{text: true}
	boolean  = value{boolean: true}
	number   = value{number: true}
	integer  = value{integer: true}
	aSchema  = value{shape: "schema", ref: true, boolean31: true}
	content  = value{entry: &value{shape: "media type"}, media: true}
)

func oneOf(words ...string) value { return value{text: true, words: words} }
func listOf(item value) value     { return value{item: &item} }
func mapOf(entry value) value     { return value{entry: &entry} }
func named(shape string) value {
	return value{entry: &value{shape: shape, ref: true, boolean31: shape == "schema"}, named: true}
}
func object(shape string) value { return value{shape: shape} }
func refOr(shape string) value  { return value{shape: shape, ref: true} }

// or joins two alternatives.
func (v value) or(w value) value {
	v.any = v.any || w.any
	v.null = v.null || w.null
	v.text = v.text || w.text
	v.boolean = v.boolean || w.boolean
	v.boolean31 = v.boolean31 || w.boolean31
	v.schema = v.schema || w.schema
	v.number = v.number || w.number
	v.integer = v.integer || w.integer
	if w.words != nil {
		v.words = w.words
	}
	if w.item != nil {
		v.item = w.item
	}
	if w.entry != nil {
		v.entry, v.named, v.media = w.entry, w.named, w.media
	}
	if w.shape != "" {
		v.shape, v.ref = w.shape, w.ref
	}
	return v
}

// key is one member of an object.
type key struct {
	name     string
	takes    value
	required bool
	version  version
}

func must(name string, takes value) key   { return key{name: name, takes: takes, required: true} }
func may(name string, takes value) key    { return key{name: name, takes: takes} }
func in30(name string, takes value) key   { return key{name: name, takes: takes, version: only30} }
func in31(name string, takes value) key   { return key{name: name, takes: takes, version: only31} }
func must30(name string, takes value) key { return key{name, takes, true, only30} }

// condition makes a key required when another one has a certain value.
type condition struct {
	key, is string
	needs   []string
	version version
}

// shape is one kind of object.
type shape struct {
	name       string // with its article, as messages say it
	keys       []key
	extensions []string // the x-msdk-* keys, and x-go-name, that have a meaning here
	when       []condition
	// free are members whose keys are not fixed, such as the paths; keyed says which keys those are.
	free   *value
	keyed  func(string) bool
	wanted string // what such a key looks like
}

func free(v value) *value { return &v }

var shapes = map[string]*shape{
	"document": {name: "the document", keys: []key{
		must("openapi", text), must("info", object("info")), in31("jsonSchemaDialect", text), may("servers", listOf(object("server"))),
		must30("paths", object("paths")), in31("paths", object("paths")), in31("webhooks", mapOf(refOr("path item"))),
		may("components", object("components")), may("security", listOf(mapOf(listOf(text)))),
		may("tags", listOf(object("tag"))), may("externalDocs", object("external documentation")),
	}, extensions: []string{"x-msdk-documents", "x-msdk-names", "x-msdk-results", "x-msdk-security"}},

	"info": {name: "info", keys: []key{
		must("title", text), in31("summary", text), may("description", text), may("termsOfService", text),
		may("contact", object("contact")), may("license", object("license")), must("version", text),
	}},
	"contact": {name: "a contact", keys: []key{may("name", text), may("url", text), may("email", text)}},
	"license": {name: "a license", keys: []key{must("name", text), in31("identifier", text), may("url", text)}},

	"server": {name: "a server", keys: []key{
		must("url", value{text: true, url: true}), may("description", text), may("variables", mapOf(object("server variable"))),
	}, extensions: []string{"x-msdk-name", "x-msdk-schemes"}},
	"server variable": {name: "a server variable", keys: []key{
		may("enum", listOf(text)), must("default", text), may("description", text),
	}},

	"components": {name: "components", keys: []key{
		may("schemas", named("schema")), may("responses", named("response")), may("parameters", named("parameter")),
		may("examples", named("example")), may("requestBodies", named("request body")), may("headers", named("header")),
		may("securitySchemes", named("security scheme")), may("links", named("link")), may("callbacks", named("callback")),
		in31("pathItems", named("path item")),
	}, extensions: []string{"x-msdk-security-schemes"}},

	"paths": {name: "paths", free: free(refOr("path item")), keyed: isPath, wanted: "a path beginning with /"},
	"path item": {name: "a path item", keys: []key{
		may("summary", text), may("description", text), may("get", object("operation")), may("put", object("operation")),
		may("post", object("operation")), may("delete", object("operation")), may("options", object("operation")),
		may("head", object("operation")), may("patch", object("operation")), may("trace", object("operation")),
		may("servers", listOf(object("server"))), may("parameters", listOf(refOr("parameter"))),
	}},
	"operation": {name: "an operation", keys: []key{
		may("tags", listOf(text)), may("summary", text), may("description", text), may("externalDocs", object("external documentation")),
		may("operationId", text), may("parameters", listOf(refOr("parameter"))), may("requestBody", refOr("request body")),
		must30("responses", object("responses")), in31("responses", object("responses")), may("callbacks", mapOf(refOr("callback"))),
		may("deprecated", boolean), may("security", listOf(mapOf(listOf(text)))), may("servers", listOf(object("server"))),
	}, extensions: []string{
		"x-msdk-result", "x-msdk-timeout", "x-msdk-repeatable", "x-msdk-path-aliases", "x-msdk-variants", "x-msdk-security", "x-msdk-encrypt",
		"x-msdk-doc", "x-go-name",
	}},
	"external documentation": {name: "externalDocs", keys: []key{may("description", text), must("url", text)}},
	"tag": {name: "a tag", keys: []key{
		must("name", text), may("description", text), may("externalDocs", object("external documentation")),
	}},

	"parameter": {name: "a parameter", keys: append([]key{
		must("name", text), must("in", oneOf("query", "header", "path", "cookie")), may("allowEmptyValue", boolean), may("allowReserved", boolean),
		may("style", oneOf("matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject")),
	}, parameterKeys...), extensions: []string{"x-msdk-value", "x-msdk-expected", "x-msdk-sensitive", "x-go-name"}},
	"header": {name: "a header", keys: append([]key{may("style", oneOf("simple")), in30("allowEmptyValue", boolean), in30("allowReserved", boolean)}, parameterKeys...)},

	"request body": {name: "a request body", keys: []key{
		may("description", text), must("content", content), may("required", boolean),
	}},
	"media type": {name: "a media type", keys: []key{
		may("schema", aSchema), may("example", anything), may("examples", mapOf(refOr("example"))), may("encoding", mapOf(object("encoding"))),
	}, extensions: []string{"x-msdk-examples-as-printed"}},
	"encoding": {name: "an encoding", keys: []key{
		may("contentType", text), may("headers", mapOf(refOr("header"))), may("style", oneOf("form", "spaceDelimited", "pipeDelimited", "deepObject")),
		may("explode", boolean), may("allowReserved", boolean),
	}},
	"responses": {name: "responses", free: free(refOr("response")), keyed: isStatus, wanted: "default, a status such as 200, or a range such as 4XX"},
	"response": {name: "a response", keys: []key{
		must("description", text), may("headers", mapOf(refOr("header"))), may("content", content), may("links", mapOf(refOr("link"))),
	}},
	"callback": {name: "a callback", free: free(refOr("path item")), keyed: func(string) bool { return true }},
	"example": {name: "an example", keys: []key{
		may("summary", text), may("description", text), may("value", anything), may("externalValue", text),
	}, extensions: []string{"x-msdk-variant", "x-msdk-doc"}},
	"link": {name: "a link", keys: []key{
		may("operationRef", text), may("operationId", text), may("parameters", mapOf(anything)), may("requestBody", anything),
		may("description", text), may("server", object("server")),
	}},

	"security scheme": {name: "a security scheme", keys: []key{
		{"type", oneOf("apiKey", "http", "oauth2", "openIdConnect"), true, only30},
		{"type", oneOf("apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"), true, only31},
		may("description", text), may("name", text), may("in", oneOf("query", "header", "cookie")), may("scheme", text), may("bearerFormat", text),
		may("flows", object("flows")), may("openIdConnectUrl", text),
	}, when: []condition{
		{key: "type", is: "apiKey", needs: []string{"name", "in"}}, {key: "type", is: "http", needs: []string{"scheme"}},
		{key: "type", is: "oauth2", needs: []string{"flows"}}, {key: "type", is: "openIdConnect", needs: []string{"openIdConnectUrl"}},
	}, extensions: []string{"x-msdk-credentials", "x-msdk-sign", "x-msdk-encrypt"}},
	"flows": {name: "flows", keys: []key{
		may("implicit", object("implicit flow")), may("password", object("token flow")),
		may("clientCredentials", object("token flow")), may("authorizationCode", object("code flow")),
	}},
	"implicit flow": {name: "an implicit flow", keys: []key{
		must("authorizationUrl", text), may("refreshUrl", text), must("scopes", mapOf(text)),
	}},
	"token flow": {name: "a token flow", keys: []key{
		must("tokenUrl", text), may("refreshUrl", text), must("scopes", mapOf(text)),
	}},
	"code flow": {name: "an authorization code flow", keys: []key{
		must("authorizationUrl", text), must("tokenUrl", text), may("refreshUrl", text), must("scopes", mapOf(text)),
	}},

	"schema":        schemaShape,
	"discriminator": {name: "a discriminator", keys: []key{must("propertyName", text), may("mapping", mapOf(value{text: true, schema: true}))}},
	"xml": {name: "xml", keys: []key{
		may("name", text), may("namespace", text), may("prefix", text), may("attribute", boolean), may("wrapped", boolean),
	}},
}

// parameterKeys are those that a header has too.
var parameterKeys = []key{
	may("description", text), may("required", boolean), may("deprecated", boolean), may("explode", boolean),
	may("schema", aSchema), may("content", content), may("example", anything), may("examples", mapOf(refOr("example"))),
}

// componentName is what the name of a component consists of.
var componentName = regexp.MustCompile(`^[a-zA-Z0-9._-]+$`)

func isPath(key string) bool { return len(key) > 0 && key[0] == '/' }

func isStatus(key string) bool {
	if key == "default" {
		return true
	}
	if len(key) != 3 || key[0] < '1' || key[0] > '5' {
		return false
	}
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	return digit(key[1]) && digit(key[2]) || key[1:] == "XX"
}
