package diag

// Code names a kind of complaint. A code never changes its meaning: people search for it and silence it by name.
type Code string

// The codes, in the order of the stages that report them. Each has a golden case of its own, and a test enumerates Codes.
const (
	// load
	CodeUnreadable     Code = "unreadable"      // the file cannot be read at all
	CodeYAMLSyntax     Code = "yaml-syntax"     // not YAML
	CodeDuplicateKey   Code = "duplicate-key"   // one mapping, twice the same key
	CodeYAMLFeature    Code = "yaml-feature"    // an anchor, alias, tag or merge key, which JSON has no place for
	CodeUnknownKey     Code = "unknown-key"     // a key that nothing reads
	CodeWrongKind      Code = "wrong-kind"      // a string where a list is due, and the like
	CodeMissingKey     Code = "missing-key"     // a key that OpenAPI or an extension requires
	CodeUnknownValue   Code = "unknown-value"   // a value outside a closed set
	CodeVersion        Code = "openapi-version" // not OpenAPI 3.0 or 3.1
	CodeDanglingRef    Code = "dangling-ref"    // a $ref to nothing
	CodeInvalidOpenAPI Code = "invalid-openapi" // breaks a rule of OpenAPI that no narrower code names
	CodeConfig         Code = "config"          // msdkgen.yaml is wrong in a way that no narrower code names

	// lower
	CodeUnsupported     Code = "unsupported"      // OpenAPI that this version of the generator does not emit
	CodeBadPattern      Code = "bad-pattern"      // a regular expression that Go cannot run
	CodeBadRule         Code = "bad-rule"         // a constraint that cannot hold, or not for this type
	CodeBadExample      Code = "bad-example"      // an example that breaks its own schema
	CodeRequiredUnknown Code = "required-unknown" // a required name that is not a property
	CodePathParameter   Code = "path-parameter"   // {name} in the path and the parameters disagree
	CodeDuplicateOp     Code = "duplicate-op"     // two operations with one operationId
	CodeExtension       Code = "extension"        // an x-msdk-* value that is wrong in a way no narrower code names
	CodeUnknownName     Code = "unknown-name"     // a name that refers to nothing: parameter, secret, step, result, variant
	CodeStepType        Code = "step-type"        // a signing step that mixes text and bytes
	CodeStepOrder       Code = "step-order"       // a signing step used before it is defined
	CodeNoDoc           Code = "no-doc"           // an operation without its place in the vendor's document

	// naming
	CodeNameClash   Code = "name-clash"   // two things would get one Go name
	CodeInvalidName Code = "invalid-name" // no Go identifier can be made, or x-go-name is not one

	// lint: nothing that stops a generation, and reported by the command lint alone
	CodeUnused        Code = "unused"          // a schema, parameter, scheme, tag … that nothing refers to
	CodeLooksSecret   Code = "looks-secret"    // a value with the name of a secret that is printed like any other
	CodeNoOperationID Code = "no-operation-id" // an operation whose Go name hangs on its path
	CodeUndeclaredTag Code = "undeclared-tag"  // a tag outside of the list at the head of the document
	CodeNoResult      Code = "no-result"       // an operation without x-msdk-result, in a document that has results
	CodeUnsigned      Code = "unsigned"        // an operation without a security scheme, in a document that has some
	CodeUnnamedValue  Code = "unnamed-value"   // an integer enum value whose constant is named by its number

	// emit
	CodeInternal Code = "internal" // the generator contradicts itself; no document can be to blame
)

// explanations says what each code means and what to do about it, in one or two sentences.
var explanations = map[Code]string{
	CodeUnreadable:      "The file cannot be opened or read.",
	CodeYAMLSyntax:      "The text is not YAML. Most often a wrong indentation, a tab, or a colon followed by a blank in unquoted text.",
	CodeDuplicateKey:    "A mapping holds the same key twice; one of the two would be lost silently.",
	CodeYAMLFeature:     "Anchors, aliases, merge keys and tags have no counterpart in JSON, and other OpenAPI tools read them differently. Write the value out, or use $ref.",
	CodeUnknownKey:      "Nothing reads this key. It is either misspelt or belongs somewhere else.",
	CodeWrongKind:       "The value has another kind than this key takes, for instance text where a list is due.",
	CodeMissingKey:      "A key that has to be there is missing.",
	CodeUnknownValue:    "The value is outside the closed set that this key takes.",
	CodeVersion:         "The document does not say that it is OpenAPI 3.0.x or 3.1.x.",
	CodeDanglingRef:     "A $ref names a place that does not exist in the document.",
	CodeInvalidOpenAPI:  "The document breaks a rule of the OpenAPI specification.",
	CodeConfig:          "msdkgen.yaml contradicts itself, leaves nothing to generate, or asks for another version of msdkgen.",
	CodeUnsupported:     "This is valid OpenAPI, but this version of msdkgen emits no code for it. It is refused rather than dropped silently.",
	CodeBadPattern:      "The pattern is not a regular expression that Go's regexp package (RE2) can run.",
	CodeBadRule:         "A constraint contradicts another one or does not apply to the type it stands at.",
	CodeBadExample:      "An example does not satisfy the schema that it is an example of.",
	CodeRequiredUnknown: "A name listed under required is not among the properties.",
	CodePathParameter:   "The braces in a path and the parameters declared with in: path have to name the same things.",
	CodeDuplicateOp:     "operationId has to be unique: it becomes the name of a method.",
	CodeExtension:       "The value of an x-msdk-* key is wrong; docs/extensions.md shows each key with an example.",
	CodeUnknownName:     "A name refers to something that is not defined in the document.",
	CodeStepType:        "A signing step gets bytes where it takes text, or text where it takes bytes. Encode bytes with hex first.",
	CodeStepOrder:       "A signing step uses the result of a step that stands after it.",
	CodeNoDoc:           "In strict mode, and for lint, every operation says where the vendor documents it (x-msdk-doc).",
	CodeNameClash:       "Two things in the document would get the same Go name. Give one of them an x-go-name.",
	CodeInvalidName:     "No Go identifier can be made from this name, or the given x-go-name is not an exported Go identifier.",
	CodeUnused:          "Nothing refers to this. It is left over, or a reference to it is misspelt; nothing is generated from it. Remove it, or refer to it.",
	CodeLooksSecret:     "The name says token, key, secret, password or signature, but the value is printed in logs like any other. Say x-msdk-sensitive: true, or x-msdk-sensitive: false if it is no secret.",
	CodeNoOperationID:   "Without an operationId the Go method is named after method and path, and a new path renames it for every caller. Give the operation an operationId.",
	CodeUndeclaredTag:   "The document lists its tags and this one is not among them. Each tag becomes a server interface and a file: a misspelt one splits a group in two.",
	CodeNoResult:        "Other operations of the document judge their answers by a result code; this one takes every HTTP 200 as a success. Name its result with x-msdk-result.",
	CodeUnsigned:        "The document has security schemes, but this operation is neither signed nor says that it is not. Name its scheme under security, or write security: [].",
	CodeUnnamedValue:    "The constant of an integer without a name is called by its number, which tells a reader nothing. Name it with x-msdk-enum.",
	CodeInternal:        "The generator failed on a document that passed every check. This is a fault of msdkgen; please report it with the document.",
}

// Codes lists every code with its explanation.
func Codes() map[Code]string { return explanations }

// Explain returns the explanation of a code and whether there is such a code.
func Explain(c Code) (string, bool) {
	text, ok := explanations[c]
	return text, ok
}
