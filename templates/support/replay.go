package support

// The memory of a server that takes no request twice.

import (
	"crypto/sha256"
	"encoding/binary"
	"sync"
)

// maxReplayMemory bounds what an option can ask for.
const maxReplayMemory = 1 << 24

// replayMemory remembers the last requests that were taken. It holds 32 bytes for each, in a ring: what is older than the ring is
// long is forgotten, so it has to be longer than the number of requests within the time window.
type replayMemory struct {
	mu   sync.Mutex
	ring [][sha256.Size]byte
	next int
	seen map[[sha256.Size]byte]struct{}
	size int
}

// WithReplayMemory refuses a request that is equal to one of the last that the handler took: same app, signature, method, path and
// body. It needs a time window, see [WithTimeWindow]; entries, of about 100 bytes each, should be more than the requests that come
// in during twice that time. The memory is the handler's own: several handlers behind one address do not share it.
//
// What a signature does not cover it cannot protect. Where a scheme signs nothing but a key and the time in seconds, two honest calls
// that say the same in the same second are equal, and the second one is refused; and whoever has seen one request can send any
// other body under its signature.
func WithReplayMemory(entries int) HandlerOption {
	return handlerOption(func(h *handlerState) {
		if entries <= 0 || entries > maxReplayMemory {
			h.problems.add("the replay memory must have between 1 and 16777216 entries")
			return
		}
		h.replays = &replayMemory{size: entries, seen: make(map[[sha256.Size]byte]struct{})}
	})
}

// take remembers a request. It returns false for one that is remembered already.
func (r *replayMemory) take(digest [sha256.Size]byte) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, twice := r.seen[digest]; twice {
		return false
	}
	if len(r.ring) < r.size {
		r.ring = append(r.ring, digest)
	} else {
		delete(r.seen, r.ring[r.next])
		r.ring[r.next] = digest
		r.next = (r.next + 1) % r.size
	}
	r.seen[digest] = struct{}{}
	return true
}

// digest identifies a request by what its signature says, not by how it is spelled: a parameter that is encoded differently, or
// another order of what is sorted anyway, would pass for a new request otherwise. Lengths stand in front of the parts, so that no two
// requests are written the same.
func (x *exchange) digest() [sha256.Size]byte {
	h := sha256.New()
	var length [8]byte
	add := func(part []byte) {
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		h.Write(length[:])
		h.Write(part)
	}
	add([]byte(x.app))
	for _, text := range x.message.placed {
		add(text)
	}
	add([]byte(x.method))
	add([]byte(x.op.path)) // and not the path as it is spelled: with a slash behind it, it is the same
	for _, p := range x.pathValues {
		add([]byte(p.value))
	}
	if !x.message.fieldsRead {
		add(x.body)
		return [sha256.Size]byte(h.Sum(nil))
	}
	for _, f := range sorted(x.message.bodyFields, byName) {
		add([]byte(f.name))
		add([]byte(f.value))
	}
	return [sha256.Size]byte(h.Sum(nil))
}
