package signing

import (
	"strings"
	"testing"
)

// What it costs when nothing explains a signature.
func BenchmarkExplain(b *testing.B) {
	api := ownAPI(b, "msdk")
	got := &Received{Method: "POST", Host: "dev.itop.qq.com", Path: "/v2/group/get_group_info", RawQuery: testQuery + "&sig=" + strings.Repeat("0", 32), Body: []byte(testBody)}
	for b.Loop() {
		explainV5(api, got, nil)
	}
}
