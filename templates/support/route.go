package support

// Paths with parameters: written on the client; what the server does with them stands in route_server.go.

import "strings"

// expandPath puts values into a path of the document.
func expandPath(path string, values []pair) messagePath {
	if !strings.Contains(path, "{") {
		return messagePath{path, path}
	}
	var decoded, encoded []byte
	for path != "" {
		literal, name, rest := cutHole(path)
		value, _ := find(values, name)
		decoded = append(append(decoded, literal...), value...)
		encoded = appendEscaped(append(encoded, literal...), value)
		path = rest
	}
	return messagePath{string(decoded), string(encoded)}
}

// hasDots reports whether a path has a segment that proxies take for a way up, or for nothing.
func hasDots(path string) bool {
	path += "/"
	return strings.Contains(path, "/./") || strings.Contains(path, "/../")
}

// cutHole returns what stands before the first hole of a path, the name in the hole, and what follows.
func cutHole(path string) (literal, name, rest string) {
	literal, rest, _ = strings.Cut(path, "{")
	name, rest, _ = strings.Cut(rest, "}")
	return literal, name, rest
}
