package support

// The option about whose memory a decoded value shares. It is apart from the other options because it is about the reader alone.

// WithCopiedStrings gives every text and every list of a decoded value memory of its own.
//
// Without it, the texts of a value are parts of one copy of the body that they came in, and its lists share memory: decoding takes a
// handful of allocations, however large the body is. But one text that is kept, a nickname in a cache, then keeps that whole copy in
// memory, a megabyte perhaps. Whoever keeps a few values of many does better to copy those, with [strings.Clone]; this option is for
// those who keep many. UnmarshalJSON knows no options: it shares.
func WithCopiedStrings() Option {
	return commonOption(func(s *settings) { s.copied = true })
}
