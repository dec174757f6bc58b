// Package smalldiff holds the generator to small differences: a small edit of a document is a small difference in generated code, in the
// places that state what was edited, and no name that has nothing to do with it changes. It is all tests; docs/small-differences.md has
// the bounds and what was measured.
//
// It is a room of its own because it looks at the generator from where a reviewer stands: documents go in, lines come out.
package smalldiff
