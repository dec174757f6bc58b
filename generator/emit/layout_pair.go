package emit

import "strings"

// Lines "key: value", whose values gofmt puts into one column. Apart from the other lines because such a line can be written only when those
// behind it are known.

// pairLine is a line "key: value", not written yet.
type pairLine struct {
	depth, key int // key: its length with the colon
	text       string
}

// largestKey is the length up to which gofmt puts values into one column, whatever the keys around it are.
const largestKey = 40

// pair keeps a line "key: value" until the last one of its section is known. A value of several lines is a section by itself.
func (l *layouter) pair(depth int, opened bool) error {
	key := string(l.text[:l.colon])
	if len(key) > largestKey || strings.ContainsFunc(key, func(r rune) bool { return r >= 0x80 }) {
		return errForm
	}
	if opened {
		l.endSection()
	}
	l.section = append(l.section, pairLine{depth, len(key), string(l.text)})
	if opened {
		l.endSection()
	}
	return nil
}

// endSection writes the lines that were kept.
func (l *layouter) endSection() {
	widest := 0
	for _, p := range l.section {
		widest = max(widest, p.key)
	}
	for _, p := range l.section {
		l.newLine(p.depth, false)
		l.out.WriteString(p.text[:p.key])
		for range widest - p.key {
			l.out.WriteByte(' ')
		}
		l.out.WriteString(p.text[p.key:])
		l.out.WriteByte('\n')
	}
	l.section = l.section[:0]
}
