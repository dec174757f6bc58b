package support

import (
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"unsafe"
)

// shares reports whether a text is a part of another one.
func shares(part, whole string) bool {
	if part == "" {
		return false
	}
	p, w := uintptr(unsafe.Pointer(unsafe.StringData(part))), uintptr(unsafe.Pointer(unsafe.StringData(whole)))
	return p >= w && p < w+uintptr(len(whole))
}

// sharing lists the places below v whose text is a part of whole.
func sharing(v reflect.Value, path, whole string) (found []string) {
	switch v.Kind() {
	case reflect.String:
		if shares(v.String(), whole) {
			found = append(found, path)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			found = sharing(v.Elem(), path, whole)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			found = append(found, sharing(v.Field(i), path+"."+v.Type().Field(i).Name, whole)...)
		}
	case reflect.Slice:
		for i := range v.Len() {
			found = append(found, sharing(v.Index(i), path, whole)...)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			found = append(found, sharing(key, path, whole)...)
			found = append(found, sharing(v.MapIndex(key), path, whole)...)
		}
	}
	return found
}

func TestCopiedStrings(t *testing.T) {
	text := strings.Replace(strings.Clone(wholeGroup), `"Token":"t"`, `"Token":12`, 1)
	var shared, copied sampleGroup
	if _, err := read(text, &shared, readLimits{}); err != nil {
		t.Fatal(err)
	}
	if len(sharing(reflect.ValueOf(shared), "", text)) < 5 {
		t.Error("texts are parts of the body where nobody asks for copies")
	}
	d, err := read(text, &copied, readLimits{copied: true})
	if err != nil || !reflect.DeepEqual(copied, shared) {
		t.Error(err, copied)
	}
	if found := sharing(reflect.ValueOf(copied), "", text); found != nil || len(d.slabs) != 0 {
		t.Error(found, len(d.slabs))
	}
}

// The option reaches the reader of both sides.
func TestWithCopiedStrings(t *testing.T) {
	var k clientState
	WithCopiedStrings().applyClient(&k)
	var h handlerState
	WithCopiedStrings().applyHandler(&h)
	if !k.copied || !h.copied {
		t.Error(k.copied, h.copied)
	}
	body := `{"openid":"someone","openkey":"` + strings.Repeat("k", 50) + `"}`
	x := newExchange()
	x.handler, x.op, x.body, x.request = &h, &opWireLogin, []byte(body), httptest.NewRequest(http.MethodPost, "/", nil)
	d, r := x.decode(new(wireRequest))
	if r != nil || !d.copied {
		t.Error(r, d)
	}
}
