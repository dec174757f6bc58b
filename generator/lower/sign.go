package lower

// x-msdk-sign: how a signature comes about. Everything that a later stage would otherwise find out by compiling Go, or a user by a
// refused request, is checked here: that each name means something, that steps stand in order, that their types fit, that a key has
// a part in it and never travels itself. The steps are in step.go, where their results go in place.go; checks that need the
// operations are in signuse.go.

import (
	"time"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// sign decodes x-msdk-sign of a scheme whose credentials are known.
func (l *lowering) sign(n *load.Node, s *ir.Scheme) {
	if !l.mapping(n, "keys", "values", "steps", "place", "window", "builtin") {
		return
	}
	before := len(*l.list)
	nodes := l.places(n, s)
	if builtin := n.Member("builtin"); builtin != nil {
		l.builtin(n, builtin, s)
		return
	}
	l.window(n.Member("window"), s)
	l.keyChoice(n.Member("keys"), s)
	l.values(n.Member("values"), s)
	steps, listed := l.need(n, "steps").AsList(l.list)
	s.Program = &ir.Program{Pos: n.Place()}
	p := &program{l: l, scheme: s, names: map[string]*load.Node{}, nameless: map[string]bool{}}
	for _, step := range steps {
		p.announce(step)
	}
	for _, step := range steps {
		p.step(step)
	}
	if len(s.Program.Steps) == 0 {
		if listed && len(steps) == 0 {
			l.list.Errorf(n.Member("steps").Place(), diag.CodeExtension, "a signature takes at least one step")
		}
		s.Program = nil
		return
	}
	for i, place := range nodes {
		p.fillPlace(place, s.Places[i])
	}
	if len(*l.list) == before {
		p.whole(n)
	}
}

// longestWindow bounds the age of requests: a longer one is a number in another unit.
const longestWindow = 24 * time.Hour

// window decodes the age that the document allows a request.
func (l *lowering) window(n *load.Node, s *ir.Scheme) {
	seconds, ok := l.positive(n)
	switch {
	case !ok:
	case seconds > int64(longestWindow/time.Second):
		l.list.Errorf(n.Pos, diag.CodeExtension, "requests may be more than a day old; the unit is seconds")
	default:
		s.Window = time.Duration(seconds) * time.Second
		l.windows[s] = n.Pos
	}
}

// values decodes what the signer makes for each attempt.
func (l *lowering) values(n *load.Node, s *ir.Scheme) {
	all, _ := n.AsMapping(l.list)
	for _, m := range all {
		v := &ir.SignValue{Pos: m.Place(), Name: ir.Name{Spec: m.Key, Pos: m.Place()}}
		switch {
		case m.Has("timestamp"):
			v.Fill = l.timestampFill(m)
		case m.Has("nonce"):
			v.Fill = l.nonceFill(m)
		case l.mapping(m, "timestamp", "nonce"):
			l.list.Errorf(m.Place(), diag.CodeMissingKey, "the value %q is of no kind", m.Key).Suggest("{timestamp: seconds} or {nonce: hex, length: 32}")
		}
		if v.Fill != nil {
			s.Values = append(s.Values, v)
		}
	}
}

// builtin decodes a credential that the generator knows how to make.
func (l *lowering) builtin(n, builtin *load.Node, s *ir.Scheme) {
	for _, key := range []string{"keys", "steps", "values", "window"} {
		if m := n.Member(key); m != nil {
			l.list.Errorf(m.Place(), diag.CodeExtension, "%q has no meaning beside %q", key, "builtin")
		}
	}
	name, ok := l.text(builtin)
	if !ok {
		return
	}
	if name != userSig {
		l.unknown(builtin.Pos, diag.CodeUnknownValue, "builtin", name, []string{userSig})
		return
	}
	s.Builtin = name
	want := []ir.Credential{
		{Name: ir.Name{Spec: "sdkappid"}, Kind: ir.KindInt, App: true},
		{Name: ir.Name{Spec: "identifier"}, Kind: ir.KindString},
		{Name: ir.Name{Spec: "secret"}, Kind: ir.KindString, Secret: true},
	}
	for _, w := range want {
		c := credential(s, w.Name.Spec)
		switch {
		case c == nil:
			l.list.Errorf(builtin.Pos, diag.CodeMissingKey, "%q takes the credential %q, which is missing", name, w.Name.Spec)
		case c.Kind != w.Kind || c.App != w.App || c.Secret != w.Secret:
			l.list.Errorf(c.Pos, diag.CodeExtension, "%q takes the credential %q with other properties", name, c.Name.Spec).
				Suggest("type: %s, app: %t, secret: %t", map[ir.Kind]string{ir.KindInt: "integer", ir.KindString: "string"}[w.Kind], w.App, w.Secret)
		}
	}
}

func credential(s *ir.Scheme, name string) *ir.Credential {
	for _, c := range s.Credentials {
		if c.Name.Spec == name {
			return c
		}
	}
	return nil
}
