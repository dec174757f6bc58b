package support

// This file writes the members of a request body that the client supplies, not its caller. It belongs to the writer; the
// client makes a filler for each attempt, so that times and random numbers are fresh.

import (
	"strconv"
	"time"
)

// filler knows what a client puts into a body. All methods may be called on nil, and then write nothing: that is a body as its
// caller sees it.
type filler struct {
	credential func(name string) string // a part of the credentials of the operation's scheme
	now        time.Time
	nonce      func() uint64 // 64 random bits
	err        error         // the first failure; it holds no value
}

// fillError says which credential cannot be written.
type fillError struct {
	credential string
}

// Error names the credential, never its value.
func (e *fillError) Error() string {
	return "credential " + e.credential + " is not an integer, but is sent as one"
}

// randomError says that there were no random numbers to be had.
type randomError struct{}

// Error names the fault.
func (randomError) Error() string { return "the random source failed" }

// credentialText writes a part of the credentials as a string.
func (f *filler) credentialText(dst []byte, key, name string) []byte {
	if f == nil {
		return dst
	}
	return textField(dst, key, f.credential(name))
}

// credentialInt writes a part of the credentials as an integer, as many digits as it may have.
func (f *filler) credentialInt(dst []byte, key, name string) []byte {
	if f == nil {
		return dst
	}
	v := f.credential(name)
	if end, fault := scanWhole(v, 0); fault != "" || end != len(v) {
		if f.err == nil {
			f.err = &fillError{credential: name}
		}
		v = "0"
	}
	return append(append(append(dst, key...), v...), ',')
}

// timestamp writes the time in seconds since 1970.
func (f *filler) timestamp(dst []byte, key string) []byte {
	if f == nil {
		return dst
	}
	return intField(dst, key, f.now.Unix())
}

// millis writes the time in milliseconds since 1970.
func (f *filler) millis(dst []byte, key string) []byte {
	if f == nil {
		return dst
	}
	return intField(dst, key, f.now.UnixMilli())
}

// timestampText is timestamp for a member that is a string.
func (f *filler) timestampText(dst []byte, key string) []byte {
	if f == nil {
		return dst
	}
	return textField(dst, key, strconv.FormatInt(f.now.Unix(), 10))
}

// millisText is millis for a member that is a string.
func (f *filler) millisText(dst []byte, key string) []byte {
	if f == nil {
		return dst
	}
	return textField(dst, key, strconv.FormatInt(f.now.UnixMilli(), 10))
}

// nonceField writes a random integer. bits is the number of value bits of the declared type: 32 for uint32, 31 for int32. It
// never takes more than 63, so that an int64 on the other side holds it.
func (f *filler) nonceField(dst []byte, key string, bits int) []byte {
	if f == nil {
		return dst
	}
	return uintField(dst, key, f.random(bits))
}

// nonceText is nonceField for a member that is a string.
func (f *filler) nonceText(dst []byte, key string, bits int) []byte {
	if f == nil {
		return dst
	}
	return textField(dst, key, strconv.FormatUint(f.random(bits), 10))
}

func (f *filler) random(bits int) uint64 { return f.nonce() >> (64 - min(max(bits, 1), 63)) }
