package load

// The JSON Schema of msdkgen.yaml, for editors. It is a file and no code, because that is what people read and copy; a test holds it against
// the reader, key by key and with files that both have to take or refuse.

import _ "embed" // for the file

//go:embed msdkgen.schema.json
var configSchema []byte

// ConfigSchema returns the JSON Schema (draft 7) of msdkgen.yaml.
func ConfigSchema() []byte { return configSchema }
