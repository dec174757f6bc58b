// Package standin is the command serve: the stand-ins of this repository's own packages as one program. Its tests are those of the
// stand-ins, over real sockets, with clients written by hand: what a generated client and a generated server agree on may be wrong on
// both sides.
//
// What imports generated code is left out of a build with the tag bootstrap, which the go:generate line has: bad output must never block
// its own repair.
package standin
