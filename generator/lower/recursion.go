package lower

// Types that contain themselves. Apart from check.go because it is a search through types, not a look at fields.

import (
	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

// checkRecursion refuses structs that contain themselves other than through a list or a map: fields hold values and not pointers, so
// that such a type would have no size.
func (l *lowering) checkRecursion() {
	state := map[*ir.Type]int{}
	for _, t := range l.api.Types {
		l.endlessList(t)
		l.recursion(t, state)
	}
}

// endlessList refuses lists and maps that hold nothing but themselves, and cuts them off: they are written out where they are used,
// and so have no end.
func (l *lowering) endlessList(t *ir.Type) {
	seen := map[*ir.Type]bool{}
	for part := t; part.Elem != nil; part = part.Elem {
		seen[part] = true
		if seen[part.Elem] {
			l.list.Errorf(part.Pos, diag.CodeUnsupported, "a list or a map that holds nothing but itself is not supported")
			part.Elem = &ir.Type{Pos: part.Pos}
			return
		}
	}
}

const (
	unvisited = iota
	entered
	left
)

func (l *lowering) recursion(t *ir.Type, state map[*ir.Type]int) {
	if t.Kind != ir.KindStruct || state[t] != unvisited {
		return
	}
	state[t] = entered
	for _, f := range t.Fields {
		if state[f.Type] == entered {
			l.list.Errorf(f.Pos, diag.CodeUnsupported, "an object that contains itself other than in a list or a map is not supported").
				See(f.Type.Pos, "the object")
			continue
		}
		l.recursion(f.Type, state)
	}
	state[t] = left
}
