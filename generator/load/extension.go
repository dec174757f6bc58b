// Keys that begin with x-. Only those of msdkgen are looked at, and only whether they are known and in their place; what they hold is
// decoded, and complained about, in lower.
package load

import (
	"maps"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
)

func ours(key string) bool { return strings.HasPrefix(key, "x-msdk-") || key == "x-msdk" }

// extension checks a key that begins with x- in a mapping of shape s.
func (c *checker) extension(member *Node, s *shape) {
	if slices.Contains(s.extensions, member.Key) {
		return
	}
	if !ours(member.Key) && member.Key != "x-go-name" {
		if near, ok := diag.Nearest(member.Key, allExtensions()); ok && strings.HasPrefix(near, "x-msdk-") { // x-mdsk-timeout
			c.list.Warnf(member.KeyPos, diag.CodeUnknownKey, "msdkgen reads no key %q", member.Key).Suggest("did you mean %q?", near)
		}
		return
	}
	places := extensionPlaces(member.Key)
	switch {
	case member.Key == "x-go-name":
		c.list.Warnf(member.KeyPos, diag.CodeUnknownKey, "x-go-name has no meaning in %s; it belongs in %s", s.name, places)
	case places != "":
		member.condemn(refused)
		c.list.Errorf(member.KeyPos, diag.CodeUnknownKey, "%q has no meaning in %s; it belongs in %s", member.Key, s.name, places)
	default:
		member.condemn(refused)
		d := c.list.Errorf(member.KeyPos, diag.CodeUnknownKey, "msdkgen knows no key %q", member.Key)
		near, ok := diag.Nearest(member.Key, s.extensions)
		if !ok {
			near, ok = diag.Nearest(member.Key, allExtensions())
		}
		if ok {
			d.Suggest("did you mean %q?", near)
		}
	}
}

// besideRef reports keys beside a $ref that are lost there.
func (c *checker) besideRef(n *Node, name string) {
	for _, member := range n.Children {
		switch {
		case member.Key == "$ref":
		case ours(member.Key) || member.Key == "x-go-name":
			if c.version == only31 && name == "schema" {
				c.extension(member, shapes[name])
				continue
			}
			c.list.Errorf(member.KeyPos, diag.CodeUnknownKey, "%q beside a $ref is not read", member.Key).
				Suggest("write allOf: [{$ref: …}] with the key beside allOf")
		case name == "path item", strings.HasPrefix(member.Key, "x-"), c.version == only31 && name == "schema":
			c.member(member, name)
		case member.Key == "summary" || member.Key == "description": // 3.1 reads them; in 3.0 they are common and do no harm
		default:
			c.list.Warnf(member.KeyPos, diag.CodeUnknownKey, "%q beside a $ref is not read", member.Key)
		}
	}
}

// extensionPlaces names the objects that a key belongs in, "" for an unknown key.
func extensionPlaces(key string) string {
	var places []string
	for _, name := range slices.Sorted(maps.Keys(shapes)) {
		if slices.Contains(shapes[name].extensions, key) {
			places = append(places, shapes[name].name)
		}
	}
	return strings.Join(places, " or ")
}

func allExtensions() []string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(shapes)) {
		all = append(all, shapes[name].extensions...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
