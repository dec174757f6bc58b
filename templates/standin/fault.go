package standin

// What goes wrong on purpose. A fault is decided on when a call comes in (by chance, or by its own wish) or when it is answered (by the
// endpoint), and happens when the answer is written: so each fault can meet each call, and a call that is refused as well.

import (
	"encoding/json"
	"math/rand/v2"
	"net"
	"net/http"
	"reflect"
	"strconv"
	"sync"
	"time"

	api "github.com/msdkgen/msdkgen/templates/support"
)

// Fault is something that goes wrong.
type Fault string

// The faults.
const (
	FaultSlow       Fault = "slow"      // the answer comes after the time of [WithSlowness], or not at all if the caller leaves before
	FaultReset      Fault = "reset"     // the connection is reset
	FaultTruncated  Fault = "truncated" // half of the body comes, then the connection ends
	FaultTampered   Fault = "tampered"  // a bit of an encrypted answer is flipped; a plain answer stays as it is
	FaultBadGateway Fault = "502"       // HTTP status 502 with a page in HTML, as a proxy answers
	FaultPlatform   Fault = "platform"  // the code of a platform behind the vendor, with a message such as "-73,text"
	FaultLost       Fault = "is_lost"   // is_lost is 1: a part of the answer could not be had
)

// Faults lists all of them.
func Faults() []Fault {
	return []Fault{FaultSlow, FaultReset, FaultTruncated, FaultTampered, FaultBadGateway, FaultPlatform, FaultLost}
}

const platformMessage = "-73,platform failed"

// chance draws faults. The same seed gives the same faults in the order in which calls come in.
type chance struct {
	mu     sync.Mutex
	random *rand.Rand
	rates  []faultRate
}

type faultRate struct {
	fault Fault
	rate  float64
}

// newChance takes rates in the order of Faults, so that a map's order does not show.
func newChance(seed uint64, rates map[Fault]float64) *chance {
	c := &chance{random: rand.New(rand.NewPCG(seed, 0))}
	for _, fault := range Faults() {
		if rate := rates[fault]; rate > 0 {
			c.rates = append(c.rates, faultRate{fault, rate})
		}
	}
	return c
}

func (c *chance) draw() Fault {
	if c == nil || len(c.rates) == 0 {
		return ""
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	drawn := c.random.Float64()
	for _, r := range c.rates {
		if drawn < r.rate {
			return r.fault
		}
		drawn -= r.rate
	}
	return ""
}

// WriteHeader implements http.ResponseWriter. What is written is decided on when the body comes; without one, here.
func (x *exchange) WriteHeader(status int) {
	x.status = status
	if status == http.StatusNoContent || x.status >= 100 && x.status < 200 {
		_, _ = x.finish(nil)
	}
}

// Write implements http.ResponseWriter. The handler writes a body as a whole.
func (x *exchange) Write(body []byte) (int, error) { return x.finish(body) }

// Unwrap is for http.ResponseController.
func (x *exchange) Unwrap() http.ResponseWriter { return x.ResponseWriter }

func (x *exchange) finish(body []byte) (int, error) {
	if x.status == 0 {
		x.status = http.StatusOK
	}
	if x.finished {
		return x.ResponseWriter.Write(body)
	}
	x.finished = true
	if x.problem != "" {
		x.clearHeader()
		http.Error(x.ResponseWriter, "stand-in: "+x.problem, http.StatusBadRequest)
		return len(body), nil
	}
	if x.explained != "" && x.core.settings.tellCaller {
		x.Header().Set(headerExplanation, headerText(x.explained))
	}
	if x.fault != "" {
		x.core.count("fault-" + string(x.fault))
	}
	switch x.fault {
	case FaultSlow:
		if !x.wait() {
			panic(http.ErrAbortHandler)
		}
	case FaultReset:
		x.reset()
	case FaultTruncated:
		x.ResponseWriter.WriteHeader(x.status)
		_, _ = x.ResponseWriter.Write(body[:len(body)/2])
		_ = http.NewResponseController(x.ResponseWriter).Flush()
		panic(http.ErrAbortHandler)
	case FaultTampered:
		if encrypted(x.Header()) && len(body) > 0 {
			body = append([]byte(nil), body...)
			body[len(body)-1] ^= 1
		}
	case FaultBadGateway:
		return x.badGateway(len(body))
	}
	x.ResponseWriter.WriteHeader(x.status)
	if len(body) == 0 {
		return 0, nil
	}
	return x.ResponseWriter.Write(body)
}

// encrypted reports whether an answer says that its body is encrypted. Ciphers name their headers in the document; all of them say
// what the body is in a header of their own, which a plain answer does not have.
func encrypted(h http.Header) bool {
	for name := range h {
		switch name {
		case "Content-Type", "Content-Length", "Connection", "Date", headerExplanation:
		default:
			return true
		}
	}
	return false
}

// wait reports whether somebody still waits for the answer.
func (x *exchange) wait() bool {
	x.release()
	timer := time.NewTimer(x.core.settings.slowness)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-x.request.Context().Done():
	case <-x.core.closing:
	}
	return false
}

// reset ends the connection without a farewell.
func (x *exchange) reset() {
	if conn, _, err := http.NewResponseController(x.ResponseWriter).Hijack(); err == nil {
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		_ = conn.Close()
	}
	panic(http.ErrAbortHandler)
}

const badGatewayPage = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"

// clearHeader takes away what the handler has set for its own answer.
func (x *exchange) clearHeader() http.Header {
	h := x.Header()
	for name := range h {
		if name != headerExplanation {
			delete(h, name)
		}
	}
	return h
}

func (x *exchange) badGateway(taken int) (int, error) {
	h := x.clearHeader()
	h.Set("Content-Type", "text/html")
	h.Set("Content-Length", strconv.Itoa(len(badGatewayPage)))
	x.ResponseWriter.WriteHeader(http.StatusBadGateway)
	_, err := x.ResponseWriter.Write([]byte(badGatewayPage))
	return taken, err
}

// withLost returns a response that says that a part of it is lost; one that has no member for that stays as it is.
func withLost[Resp any](resp *Resp) *Resp {
	source, ok := any(resp).(json.Marshaler)
	if !ok {
		return resp
	}
	text, err := source.MarshalJSON()
	var members map[string]json.RawMessage
	if err != nil || json.Unmarshal(text, &members) != nil {
		return resp
	}
	for _, value := range []string{`"1"`, `1`} {
		members["is_lost"] = json.RawMessage(value)
		text, err := json.Marshal(members)
		if err != nil {
			return resp
		}
		if lost, err := decoded[Resp](string(text)); err == nil {
			if strange(lost, "is_lost") {
				return resp
			}
			return lost
		}
	}
	return resp
}

// strange reports whether a response has no field for a member.
func strange(resp any, member string) bool {
	field := reflect.ValueOf(resp).Elem().FieldByName("Extra")
	if !field.IsValid() {
		return false
	}
	extra, ok := field.Interface().(api.Extra)
	if !ok {
		return false
	}
	for _, name := range extra.Names() {
		if name == member {
			return true
		}
	}
	return false
}
