// kin-openapi's view of a document: the tree goes to it as JSON, and what it complains about comes back as diagnostics. Its rules are
// those that look at several keys at once; what it says about single keys, check.go has said with a better place.
package load

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// readOpenAPI fills d.OpenAPI.
func (d *Document) readOpenAPI(checked *checker, list *diag.List) {
	defer func() {
		if r := recover(); r != nil {
			list.Errorf(d.Root.Pos, diag.CodeInvalidOpenAPI, "kin-openapi cannot read the document: %v", r)
			d.OpenAPI = nil
		}
	}()
	doc, refs, err := kinObject(d.Root)
	if err != nil {
		d.complain(err, list)
		return
	}
	d.OpenAPI = doc
	options := []openapi3.ValidationOption{
		openapi3.EnableMultiError(),
		openapi3.AllowExtraSiblingFields(append(newKeys(), checked.unread...)...), // warned about; kin-openapi would stop at them
		openapi3.DisableExamplesValidation(),                                      // lower does
		openapi3.DisableSchemaPatternValidation(),                                 // lower does, for the patterns that it emits
	}
	if checked.endless {
		options = append(options, openapi3.DisableSchemaDefaultsValidation()) // it would overflow the stack, which nothing recovers from
	}
	if checked.version == only31 {
		options = append(options, openapi3.IsOpenAPI31OrLater())
	}
	if err := withoutReferences(refs, func() error { return doc.Validate(context.Background(), options...) }); err != nil {
		d.complain(err, list)
	}
}

// newKeys lists the schema keys of 3.1, which kin-openapi refuses in 3.0; check.go warns of them at each place.
func newKeys() []string {
	var names []string
	for _, k := range schemaShape.keys {
		if k.version == only31 {
			names = append(names, k.name)
		}
	}
	return names
}

// complain turns an error, which may hold many, into diagnostics.
func (d *Document) complain(err error, list *diag.List) {
	if many, ok := err.(openapi3.MultiError); ok { // errors.As would find one inside a wrapper, and lose the wrapper's place
		for _, one := range many {
			d.complain(one, list)
		}
		return
	}
	finding := d.locate(err)
	if finding.silent() {
		return
	}
	pos := finding.pos()
	for _, said := range *list {
		if said.Pos == pos {
			return
		}
	}
	added := list.Errorf(pos, cmp.Or(finding.as, diag.CodeInvalidOpenAPI), "%s", finding.message)
	for _, place := range finding.also {
		added.See(place.Place(), "the other one")
	}
	if finding.suggestion != "" {
		added.Suggest("%s", finding.suggestion)
	}
}

// finding is one complaint of kin-openapi with its place in the tree.
type finding struct {
	node       *Node     // the object that it is about
	member     string    // the member of node that it is about, if there is one
	code       string    // kin-openapi's stable name for the rule
	as         diag.Code // what it is reported as; empty for invalid-openapi
	message    string
	suggestion string
	also       []*Node
}

func (f *finding) pos() diag.Pos {
	if member := f.node.Member(f.member); member != nil {
		return member.Place()
	}
	return f.node.Place()
}

// silent reports whether another stage says it: check.go about single keys, lower about paths, operations and examples. Where check.go
// took something out, kin-openapi misses it; that is no news.
func (f *finding) silent() bool {
	return f.node.fate != sound || f.message == "" || saidElsewhere[f.code]
}

var saidElsewhere = set(
	// Keys and values that check.go looks at. Empty text is a value: "must not be empty" is no rule of OpenAPI.
	"openapi-required", "info-required", "info-title-required", "info-version-required", "license-name-required", "paths-required",
	"server-url-required", "default-required", "external-docs-url-required", "operation-responses-required", "parameter-name-required",
	"parameter-in-invalid", "request-body-content-required", "response-description-required", "schema-items-required",
	"schema-type-unsupported", "extra-sibling-fields", "unresolved-ref", "webhook-nil", "security-scheme-type-invalid",
	"security-scheme-apikey-in-invalid", "security-scheme-name-required", "flows-required", "openid-connect-url-required",
	"oauth-flow-authorization-url-required", "oauth-flow-token-url-required", "oauth-flow-scopes-required", "path-must-start-with-slash",
	"exclusive-bound-boolean-before-3-1", "value-or-external-value-required",
	// Rules of lower.
	"path-parameters-mismatch", "duplicate-operation-id", "example-violates-schema", "schema-pattern-regex-invalid",
)

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, word := range words {
		m[word] = true
	}
	return m
}

// wordings are our sentences for kin-openapi's rules, and the member that the caret belongs under.
var wordings = map[string]struct{ member, message string }{
	"additional-properties-both-forms-exclusive":    {"additionalProperties", "additionalProperties is a schema or a truth value, not both"},
	"authorization-url-forbidden":                   {"authorizationUrl", "this kind of flow has no authorizationUrl"},
	"bearer-format-forbidden":                       {"bearerFormat", "bearerFormat belongs to type http only"},
	"boolean-schema-with-other-keywords":            {"", "a schema that is true or false has no other keys"},
	"content-or-schema-exactly-one":                 {"content", "exactly one of schema and content is due"},
	"example-examples-mutually-exclusive":           {"examples", "example and examples exclude each other"},
	"flows-forbidden":                               {"flows", "flows belong to type oauth2 only"},
	"header-content-single-entry":                   {"content", "content of a header has exactly one member"},
	"in-forbidden":                                  {"in", "the key in has no place here"},
	"json-schema-dialect-required":                  {"jsonSchemaDialect", "jsonSchemaDialect is an absolute URI"},
	"name-forbidden":                                {"name", "the key name has no place here"},
	"operation-id-operation-ref-mutually-exclusive": {"operationId", "operationId and operationRef exclude each other"},
	"operation-id-or-operation-ref-required":        {"", "a link needs an operationId or an operationRef"},
	"parameter-content-single-entry":                {"content", "content of a parameter has exactly one member"},
	"path-parameter-required":                       {"required", "a path parameter says required: true"},
	"read-only-write-only-mutually-exclusive":       {"writeOnly", "readOnly and writeOnly exclude each other"},
	"responses-required":                            {"", "at least one response is due"},
	"token-url-forbidden":                           {"tokenUrl", "this kind of flow has no tokenUrl"},
	"url-identifier-mutually-exclusive":             {"identifier", "url and identifier exclude each other"},
	"value-external-value-mutually-exclusive":       {"externalValue", "value and externalValue exclude each other"},
}

// word sets the message of a finding from the innermost error.
func (f *finding) word(err error) {
	if w, known := wordings[f.code]; known {
		f.member, f.message = w.member, w.message
		return
	}
	switch err := err.(type) {
	case *openapi3.ServerURLTemplateError:
		f.member, f.message = "url", "the variables of the server and the names in braces in its url differ"
	case *openapi3.DefaultViolatesSchema:
		f.member = "default"
		var reason *openapi3.SchemaError
		if errors.As(err, &reason) && !strings.HasPrefix(reason.Reason, "cannot compile pattern") { // lower judges patterns
			f.message = f.defaultBreaks(reason)
		}
	case *openapi3.SecurityRequirementSchemeUndefinedError:
		f.as, f.message = diag.CodeUnknownName, fmt.Sprintf("unknown security scheme %q", err.Scheme) // as lower words it
	case *openapi3.DuplicateRequiredFieldError:
		f.member, f.message = "required", fmt.Sprintf("%q stands twice under required", err.Field)
	case *openapi3.DuplicateParameterError:
		f.message = fmt.Sprintf("two %s parameters have the name %q", err.In, err.Name)
	case *openapi3.DuplicateTagError:
		f.member, f.message = "name", fmt.Sprintf("two tags have the name %q", err.Name)
	case *openapi3.ConflictingPathsError:
		f.message = fmt.Sprintf("the paths %q and %q match the same requests", err.Path1, err.Path2)
	case *openapi3.ContentKeysOverlapError:
		f.message = fmt.Sprintf("the media types %q and %q both match %s", err.OtherKey, err.Key, err.MediaRange)
	case *openapi3.InvalidEncodingContentTypeError:
		f.member, f.message = "contentType", fmt.Sprintf("%q is no media type", err.ContentType)
	case *openapi3.InvalidHTTPSchemeError:
		f.member, f.message = "scheme", fmt.Sprintf("%q is no scheme of HTTP authentication", err.Scheme)
	case *openapi3.InvalidSerializationMethodError:
		f.member, f.message = "style", fmt.Sprintf("style %s with explode %t is not allowed here", err.Style, err.Explode)
	default:
		f.message = bounded(err.Error())
	}
}
