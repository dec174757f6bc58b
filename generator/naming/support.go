package naming

// support are the exported names that every generated package has, whatever its document says. The list is fixed: a name more
// in the support package is a name that documents must not use from then on.
var support = []string{
	// values
	"Opt", "Some", "IntOrText", "IntValue", "TextValue", "Key", "NewKey", "Sensitive", "Extra", "RawJSON", "App", "Server", "Code", "RawResponse",
	"Attempt", "CallFromContext", "IncomingCall", "Leniency", "LeniencyCounter", "Step", "TraceEvent",
	// options
	"ClientOption", "CallOption", "HandlerOption", "Option", "CallOrClientOption",
	"WithServer", "WithApp", "WithHTTPClient", "WithMiddleware", "WithInterceptor", "WithLogger", "WithClock", "WithRandom",
	"WithRetries", "WithTimeLimit", "WithoutExpectedCheck", "WithQuery", "WithRawResponse", "WithMaxBodySize", "WithMaxDepth", "WithCopiedStrings",
	"WithTimeWindow", "WithTimeReport", "WithReplayMemory", "WithPublicURL", "WithSignatureReport", "SignatureReport", "WithEncryption", "WithRequiredEncryption", "DecryptError", "ErrDecrypt", "WithoutLeniency", "WithLeniencyCounter", "WithTrace",
	// tracing and leniency of the server
	"StepLimit", "StepParameters", "StepVerify", "StepDecode", "StepValidate", "StepCall", "StepEncode", "StepLeniency",
	"LeniencyTextForInt", "LeniencyIntForText", "LeniencyEmptyList", "LeniencyEmbeddedJSON", "LeniencyContentType", "LeniencyTrailingSlash",
	// errors
	"Error", "SignatureError", "DecodeError", "ValidationError", "Violation", "TransportError", "TimeoutError", "ConfigError",
	"ErrSignature", "ErrDecode", "ErrValidation", "ErrTransport", "ErrTimeout", "ErrConfig", "ErrUnimplemented", "IsCode",
	// client and server
	"Client", "NewClient", "Services", "NewHandler", "NoContent",
}
