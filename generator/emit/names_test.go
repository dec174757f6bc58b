package emit

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLocalName(t *testing.T) {
	for name, want := range map[string]string{
		"Text": "text", "URL": "url", "URLPath": "urlPath", "MpSig": "mpSig", "ID": "id", "X": "x", "Sorted": "sortedStep", "Type": "typeStep", "SHA256": "sha256Step",
		"TimeOf": "timeOfStep", "\u4f60": "\u4f60", "ABC1": "abc1",
	} {
		require.Equal(t, want, localName(name), name)
	}
}
