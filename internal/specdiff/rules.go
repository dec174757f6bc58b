package specdiff

// The rules: what can change, and what that means to whom. A table, because `msdkgen diff --rules` prints it and docs/reviewing.md explains it; what
// depends on the case at hand raises a verdict, and Raised says when.

// Rule is one kind of change.
type Rule struct {
	ID      string `json:"id"`
	Meaning string `json:"meaning"`
	Raised  string `json:"raised,omitempty"` // when a verdict is worse than the table says
	// The verdicts. That for requests counts where the change is met in requests, that for responses likewise.
	Verdicts Verdicts `json:"verdicts"`
	// GoInResponses takes the place of Verdicts.Go where the change is met in responses only.
	GoInResponses Level `json:"goInResponses"`
}

// What raises a verdict.
const (
	byType    = "Go: breaking where the Go type changes"
	byProgram = "signing: breaking where the signing program reads it by name; compatible where the program lists all there is, so that the signed text has another member and both sides follow"
	byPath    = "signing: breaking where the signing program reads the path or the method"
)

// same is a rule that means the same to Go callers in both directions.
func same(id, meaning string, v Verdicts, raised string) Rule {
	return Rule{ID: id, Meaning: meaning, Verdicts: v, GoInResponses: v.Go, Raised: raised}
}

// sided is a rule that means something else to Go callers in responses.
func sided(id, meaning string, v Verdicts, inResponses Level, raised string) Rule {
	return Rule{ID: id, Meaning: meaning, Verdicts: v, GoInResponses: inResponses, Raised: raised}
}

// Rules returns every rule in the order of the documentation.
func Rules() []Rule {
	var all []Rule
	for _, group := range [][]Rule{operationRules, parameterRules, fieldRules, typeRules, schemeRules, resultRules, documentRules} {
		all = append(all, group...)
	}
	return all
}

var operationRules = []Rule{
	same("operation-added", "an operation, or a variant of one, is new", Verdicts{Request: Compatible, Go: Compatible}, ""),
	same("operation-removed", "an operation, or a variant of one, is gone", Verdicts{Request: Breaking, Go: Breaking}, ""),
	same("operation-renamed", "one operation is gone and one of the same shape is new: most likely the same under another path, method or name", Verdicts{Request: Breaking, Go: Compatible}, byPath+"; Go: breaking where the method's name changes"),
	same("operation-rewired", "a variant is selected by another value", Verdicts{Request: Breaking, Go: Compatible}, ""),
	same("go-name-changed", "a Go name changes while the wire stays the same", Verdicts{Go: Breaking}, ""),
	same("tag-changed", "operations move to another tag, and with it to another server interface", Verdicts{Go: Breaking}, ""),
	same("alias-added", "a further path leads to the operation", Verdicts{Request: Compatible, Go: Compatible}, ""),
	same("alias-removed", "a further path no longer leads to the operation", Verdicts{Request: Risky, Go: Compatible}, ""),
	same("timeout-shortened", "the time limit of a call is shorter, or stated for the first time", Verdicts{Go: Risky}, ""),
	same("timeout-extended", "the time limit of a call is longer, or no longer stated", Verdicts{Go: Compatible}, ""),
	same("repeatable-added", "a failed call may be sent again", Verdicts{Request: Compatible, Go: Compatible}, ""),
	same("repeatable-removed", "a failed call must not be sent again", Verdicts{Request: Risky, Go: Risky}, ""),
	same("deprecated", "the document advises against it from now on", Verdicts{Request: Compatible, Response: Compatible, Go: Risky}, ""),
	same("deprecation-withdrawn", "the document no longer advises against it", Verdicts{Request: Compatible, Response: Compatible, Go: Compatible}, ""),
	same("body-added", "requests have a body from now on", Verdicts{Request: Compatible, Go: Breaking}, "request: breaking where the body is required"),
	same("body-removed", "requests have no body any more", Verdicts{Request: Risky, Go: Breaking}, ""),
	same("body-required", "the request's body is required from now on", Verdicts{Request: Breaking, Go: Compatible}, byType),
	same("body-optional", "the request's body may be left out from now on", Verdicts{Request: Compatible, Go: Compatible}, byType),
	same("content-type-changed", "a body has another content type", Verdicts{Request: Breaking, Response: Breaking, Go: Compatible}, "signing: risky where the signing program reads the body or its content type"),
	same("status-added", "a further HTTP status is documented", Verdicts{Response: Risky, Go: Compatible}, ""),
	same("status-removed", "an HTTP status is no longer documented", Verdicts{Response: Compatible, Go: Compatible}, ""),
	same("example-added", "an example is new", Verdicts{Tests: Compatible}, ""),
	same("example-changed", "an example shows something else: often the first sign of a change that no table mentions", Verdicts{Tests: Risky}, ""),
	same("example-removed", "an example is gone", Verdicts{Tests: Risky}, ""),
	same("example-renamed", "an example has another name, and its generated test too", Verdicts{Tests: Compatible}, ""),
}

var parameterRules = []Rule{
	same("parameter-added", "a parameter is new, and may be left out", Verdicts{Request: Compatible, Go: Compatible}, byProgram),
	same("parameter-added-expected", "a parameter is new, and the vendor expects it", Verdicts{Request: Risky, Go: Breaking}, byProgram),
	same("parameter-added-required", "a parameter is new and required", Verdicts{Request: Breaking, Go: Breaking}, byProgram),
	same("parameter-added-filled", "a parameter is new and required, and the client fills it", Verdicts{Request: Breaking, Go: Compatible}, byProgram),
	same("parameter-removed", "a parameter is gone", Verdicts{Request: Risky, Go: Compatible}, byProgram+"; Go: breaking where callers supply it, risky where an option does and stays for other operations"),
	same("parameter-renamed", "one parameter is gone and one of the same shape is new: most likely the same under another name", Verdicts{Request: Breaking, Go: Compatible}, byProgram+"; Go: breaking where its Go name changes"),
	same("parameter-moved", "a parameter travels in another place, such as a header instead of the query", Verdicts{Request: Breaking, Go: Compatible}, byProgram+"; "+byType),
	same("parameter-source-changed", "somebody else fills the parameter", Verdicts{Request: Risky, Go: Compatible}, byProgram+"; Go: breaking where a field or an option comes or goes; request: breaking where a time is written in another form"),
}

var fieldRules = []Rule{
	same("field-added", "a field is new, and may be left out", Verdicts{Request: Compatible, Response: Compatible, Go: Compatible}, byProgram),
	sided("field-added-expected", "a field is new, and the vendor expects it", Verdicts{Request: Risky, Response: Compatible, Go: Breaking}, Compatible, byProgram),
	sided("field-added-required", "a field is new and required", Verdicts{Request: Breaking, Response: Compatible, Go: Breaking}, Compatible, byProgram),
	same("field-added-filled", "a field is new and required, and the client fills it", Verdicts{Request: Breaking, Response: Compatible, Go: Compatible}, byProgram),
	same("field-removed", "a field that had to be there is gone", Verdicts{Request: Risky, Response: Breaking, Go: Breaking}, byProgram),
	same("field-removed-filled", "a field that the client filled is gone", Verdicts{Request: Risky, Response: Breaking, Go: Compatible}, byProgram),
	same("field-removed-optional", "a field that could be left out is gone", Verdicts{Request: Risky, Response: Risky, Go: Breaking}, byProgram),
	same("field-renamed", "one field is gone and one of the same shape is new: most likely the same under another name", Verdicts{Request: Breaking, Response: Breaking, Go: Breaking}, byProgram),
	same("became-required", "what could be left out is required", Verdicts{Request: Breaking, Response: Compatible, Go: Compatible}, byType),
	same("became-required-from-expected", "what was expected is required", Verdicts{Request: Risky, Response: Compatible, Go: Compatible}, ""),
	same("became-expected", "what could be left out is expected", Verdicts{Request: Risky, Response: Compatible, Go: Compatible}, byType),
	same("became-expected-from-required", "what was required is expected only", Verdicts{Request: Compatible, Response: Risky, Go: Compatible}, ""),
	same("became-optional", "what was required may be left out", Verdicts{Request: Compatible, Response: Breaking, Go: Compatible}, byType),
	same("became-optional-from-expected", "what was expected may be left out", Verdicts{Request: Compatible, Response: Risky, Go: Compatible}, byType),
	same("became-nullable", "null is a legal value from now on", Verdicts{Request: Compatible, Response: Risky, Go: Compatible}, byType),
	same("became-non-nullable", "null is no legal value any more", Verdicts{Request: Breaking, Response: Compatible, Go: Compatible}, byType),
	sided("empty-forbidden", "the empty text or list is no legal value any more", Verdicts{Request: Breaking, Response: Compatible, Go: Risky}, Compatible, ""),
	same("empty-allowed", "the empty text or list is a legal value from now on", Verdicts{Request: Compatible, Response: Risky, Go: Compatible}, ""),
	same("default-changed", "leaving it out means something else", Verdicts{Request: Risky, Response: Risky, Go: Risky}, ""),
	same("fill-changed", "the client fills the field from another source, or no longer", Verdicts{Request: Risky, Go: Compatible}, byProgram+"; Go: breaking where a field comes or goes; request: breaking where a time is written in another form"),
	same("constant-changed", "the only value that is allowed is another one", Verdicts{Request: Breaking, Response: Breaking, Go: Compatible}, byProgram),
	same("also-changed", "the field travels in a second place, or no longer", Verdicts{Request: Risky, Go: Compatible}, byProgram),
	same("echo-changed", "the response repeats another parameter, or none", Verdicts{Response: Risky}, ""),
	same("accept-changed", "other JSON kinds are taken when reading: the vendor answers in another form than before, or no longer", Verdicts{Request: Compatible, Response: Risky, Go: Compatible}, ""),
	same("sensitive-changed", "the value is masked in logs and errors from now on, or no longer", Verdicts{Go: Risky}, byType),
}

var typeRules = []Rule{
	same("type-changed", "a value has another type", Verdicts{Request: Breaking, Response: Breaking, Go: Breaking}, ""),
	same("type-widened", "a value has a type that takes all of the old one and more", Verdicts{Request: Compatible, Response: Breaking, Go: Breaking}, ""),
	same("type-narrowed", "a value has a type that takes a part of the old one only", Verdicts{Request: Breaking, Response: Compatible, Go: Breaking}, ""),
	same("format-changed", "the format of a value is another one", Verdicts{Request: Risky, Response: Risky, Go: Compatible}, byType),
	same("form-changed", "the value travels in another form: as a list in a text, as JSON in a text, as one item instead of a list", Verdicts{Request: Breaking, Response: Breaking, Go: Compatible}, byType),
	same("reference-changed", "a named Go type takes the place of another one; what else differs has rows of its own", Verdicts{Go: Breaking}, ""),
	same("schema-renamed", "a schema has another name, and with it a Go type", Verdicts{Go: Breaking}, ""),
	sided("limit-tightened", "a limit allows less than before, or is new", Verdicts{Request: Breaking, Response: Compatible, Go: Risky}, Compatible, ""),
	same("limit-loosened", "a limit allows more than before, or is gone", Verdicts{Request: Compatible, Response: Risky, Go: Compatible}, "Go: breaking where a response loses its method Validate"),
	sided("limit-changed", "a limit allows other values than before", Verdicts{Request: Breaking, Response: Risky, Go: Risky}, Compatible, ""),
	sided("condition-changed", "the condition under which a field is required is new or another one", Verdicts{Request: Breaking, Response: Compatible, Go: Risky}, Compatible, ""),
	same("condition-removed", "the condition under which a field is required is gone", Verdicts{Request: Compatible, Response: Risky, Go: Compatible}, ""),
	same("enum-value-added", "a further value is possible", Verdicts{Request: Compatible, Response: Risky, Go: Compatible}, ""),
	same("open-enum-value-added", "a further value has a name; others were possible before", Verdicts{Request: Compatible, Response: Compatible, Go: Compatible}, ""),
	same("enum-value-removed", "a value is not possible any more", Verdicts{Request: Breaking, Response: Compatible, Go: Breaking}, ""),
	same("open-enum-value-removed", "a value has no name any more, in a set that other values may join", Verdicts{Request: Risky, Response: Compatible, Go: Breaking}, ""),
	same("enum-closed", "only the listed values are possible from now on", Verdicts{Request: Breaking, Response: Compatible, Go: Risky}, byType),
	same("enum-opened", "other values than the listed ones are possible from now on", Verdicts{Request: Compatible, Response: Risky, Go: Compatible}, byType),
	same("flags-changed", "the values are bits to be combined from now on, or no longer", Verdicts{Request: Risky, Response: Risky, Go: Risky}, ""),
	same("members-closed", "members that the schema does not name are refused from now on", Verdicts{Request: Risky, Response: Compatible, Go: Compatible}, "Go: breaking where the field Extra goes"),
	same("members-opened", "members that the schema does not name are possible from now on", Verdicts{Request: Compatible, Response: Risky, Go: Compatible}, ""),
	same("extra-changed", "the Go type gains or loses the field Extra, because responses hold it from now on, or no longer", Verdicts{Go: Compatible}, "Go: breaking where the field goes"),
	same("empty-list-changed", "an empty list is taken for an empty object from now on, or no longer", Verdicts{Request: Compatible, Response: Risky, Go: Compatible}, ""),
	same("item-result-changed", "items carry a result code of their own from now on, or no longer", Verdicts{Response: Risky, Go: Breaking, Tests: Risky}, ""),
}

var schemeRules = []Rule{
	same("scheme-changed", "an operation proves in another way who calls", Verdicts{Request: Breaking, Go: Risky, Signing: Breaking}, ""),
	same("scheme-added", "a security scheme is new", Verdicts{Go: Compatible, Signing: Compatible}, ""),
	same("scheme-removed", "a security scheme is gone", Verdicts{Go: Breaking, Signing: Compatible}, ""),
	same("scheme-renamed", "a security scheme has another name, and with it Go types and options", Verdicts{Go: Breaking, Signing: Compatible}, ""),
	same("signing-program-changed", "the steps that make a signature are others", Verdicts{Request: Breaking, Go: Compatible, Signing: Breaking}, ""),
	same("signing-key-changed", "the choice of the key that signs is another one", Verdicts{Request: Breaking, Go: Compatible, Signing: Breaking}, ""),
	same("signature-place-changed", "the signature travels in another place", Verdicts{Request: Breaking, Go: Compatible, Signing: Breaking}, ""),
	same("signing-changed", "something else about the signature is another one", Verdicts{Request: Breaking, Go: Compatible, Signing: Breaking}, ""),
	same("signature-order-changed", "the elements of the signature's place come in any order from now on, or no longer", Verdicts{Request: Compatible, Go: Compatible, Signing: Compatible}, "request, signing: risky where the order counts from now on"),
	same("signing-value-changed", "a value that is made for each attempt is made in another way", Verdicts{Request: Risky, Go: Compatible, Signing: Risky}, "request, signing: breaking where the value comes or goes, or is a time in another form"),
	same("window-extended", "a request may be older than before, and so may one that somebody recorded", Verdicts{Request: Compatible, Go: Compatible, Signing: Risky}, ""),
	same("window-shortened", "a request may not be as old as before, or a limit is new", Verdicts{Request: Risky, Go: Compatible, Signing: Risky}, ""),
	same("cipher-added", "bodies are encrypted from now on", Verdicts{Request: Compatible, Response: Compatible, Go: Compatible, Signing: Compatible}, "request, response, signing: breaking where plain bodies are refused"),
	same("cipher-removed", "bodies are encrypted no longer", Verdicts{Request: Risky, Response: Risky, Go: Compatible, Signing: Risky}, "request, response, signing: breaking where bodies had to be encrypted"),
	same("cipher-required", "plain bodies are refused from now on", Verdicts{Request: Breaking, Response: Risky, Go: Risky, Signing: Breaking}, ""),
	same("cipher-optional", "plain bodies are taken from now on", Verdicts{Request: Compatible, Response: Compatible, Go: Compatible, Signing: Compatible}, ""),
	same("cipher-changed", "bodies are encrypted in another way", Verdicts{Request: Breaking, Response: Breaking, Go: Compatible, Signing: Breaking}, ""),
	same("credential-added", "a scheme takes a further credential", Verdicts{Go: Risky, Signing: Risky}, ""),
	same("credential-added-optional", "a scheme takes a further credential, and a client is complete without it", Verdicts{Go: Compatible, Signing: Compatible}, ""),
	same("credential-required", "a client is incomplete without a credential from now on", Verdicts{Go: Risky, Signing: Risky}, ""),
	same("credential-optional", "a client is complete without a credential from now on", Verdicts{Go: Compatible, Signing: Compatible}, ""),
	same("credential-removed", "a scheme no longer takes a credential", Verdicts{Go: Breaking, Signing: Risky}, ""),
	same("credential-changed", "a credential is of another kind", Verdicts{Go: Breaking, Signing: Risky}, ""),
}

var resultRules = []Rule{
	same("result-changed", "responses of an operation are judged in another way", Verdicts{Response: Breaking, Go: Risky, Tests: Risky}, ""),
	same("result-added", "a way to judge responses is new", Verdicts{Go: Compatible, Tests: Compatible}, ""),
	same("result-removed", "a way to judge responses is gone, its constants with it", Verdicts{Go: Breaking, Tests: Risky}, ""),
	same("result-text-added", "the text of a result may stand in one more field", Verdicts{Response: Risky, Go: Compatible, Tests: Risky}, ""),
	same("result-field-changed", "the result code, its text or its word stands in another field", Verdicts{Response: Breaking, Go: Compatible, Tests: Risky}, ""),
	same("success-codes-changed", "other codes mean success", Verdicts{Response: Breaking, Go: Risky, Tests: Breaking}, ""),
	same("empty-codes-changed", "other codes mean that nothing was found", Verdicts{Response: Breaking, Go: Risky, Tests: Breaking}, ""),
	same("wrapped-codes-changed", "other codes wrap that of a platform", Verdicts{Response: Risky, Go: Risky, Tests: Risky}, ""),
	same("failure-code-changed", "a generated server refuses calls with another code", Verdicts{Go: Compatible, Tests: Risky}, ""),
	same("error-code-added", "a result code is new", Verdicts{Response: Compatible, Go: Compatible, Tests: Compatible}, ""),
	same("error-code-removed", "a result code is gone", Verdicts{Response: Compatible, Go: Breaking, Tests: Breaking}, ""),
	same("error-code-changed", "a result code has another number", Verdicts{Response: Breaking, Go: Risky, Tests: Breaking}, ""),
	same("error-code-renamed", "a result code has another name", Verdicts{Go: Breaking, Tests: Compatible}, ""),
	same("error-retry-changed", "a second attempt after this code may succeed from now on, or no longer", Verdicts{Response: Compatible, Go: Risky, Tests: Risky}, ""),
}

var documentRules = []Rule{
	same("server-added", "a server is new", Verdicts{Request: Compatible, Go: Compatible}, ""),
	same("server-removed", "a server is gone", Verdicts{Request: Risky, Go: Breaking}, ""),
	same("server-renamed", "a server has another name, and with it a Go constant", Verdicts{Go: Breaking}, ""),
	same("server-moved", "a server has another address", Verdicts{Request: Risky, Go: Compatible}, ""),
	same("server-schemes-changed", "a server serves the operations of other security schemes", Verdicts{Request: Risky, Go: Risky, Signing: Risky}, ""),
	same("go-word-changed", "the Go spelling of a word is another one", Verdicts{Go: Documentation}, "Go: breaking where the word is in use"),
	same("words-changed", "a description, a title or the place in the vendor's document", Verdicts{Go: Documentation}, ""),
	same("sign-words-changed", "what the document says about a security scheme", Verdicts{Go: Documentation, Signing: Documentation}, ""),
	same("example-words-changed", "what the document says about an example", Verdicts{Tests: Documentation}, ""),
	same("unused-changed", "a component that no operation uses", Verdicts{Go: Documentation}, ""),
	same("rewritten", "the document says the same in another way: the model is the same", Verdicts{Go: Documentation}, ""),
	same("unread-changed", "a key that msdkgen does not read", Verdicts{Go: Documentation}, ""),
	same("unexplained", "OpenAPI that msdkgen does not support, so that no rule says what the change means", Verdicts{Request: Risky, Response: Risky, Go: Compatible}, ""),
}

var ruleByID = func() map[string]*Rule {
	byID := map[string]*Rule{}
	for _, rule := range Rules() {
		byID[rule.ID] = &rule
	}
	return byID
}()
