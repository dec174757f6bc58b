// Command load measures how many requests a second a stand-in answers: signed calls of v5, plain or encrypted, over connections that stay
// open. It is written by hand down to the bytes on the wire, so that it costs little of the processors that it shares with the server. Each
// request is signed for its second; answers are read whole, and everything but ret 0 is an error.
//
//	go run ./cmd/msdkgen serve msdk --strict --addr 127.0.0.1:18080 --log-level error &
//	cd bench && go run ./load -addr 127.0.0.1:18080 -for 5s [-encrypted]
package main

import (
	"bufio"
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/msdkgen/msdkgen/templates/support"
)

const (
	path = "/v2/group/create_bind_group"
	body = `{"openid":"D08BF5F51A67414795F602000B000000","token":"6A27E8C2B4EB505BB6D4A230BDDEF00A","guild_id":"2134","guild_name":"testitop","roleid":"2","zone_id":"1"}`
)

// The credentials that a stand-in makes up.
const app, serverKey, encKey = "1100000001", "demo-serverkey", "demo-enckey-0123"

func main() {
	address := flag.String("addr", "127.0.0.1:8080", "of the stand-in")
	duration := flag.Duration("for", 5*time.Second, "how long")
	connections := flag.Int("connections", 32, "at once")
	encrypted := flag.Bool("encrypted", false, "encrypt both bodies")
	flag.Parse()
	if err := run(*address, *duration, *connections, *encrypted); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(2)
	}
}

func run(address string, duration time.Duration, connections int, encrypted bool) error {
	end := time.Now().Add(duration)
	var workers sync.WaitGroup
	var mu sync.Mutex
	var all []time.Duration
	var failed error
	for range connections {
		workers.Go(func() {
			times, err := connection(address, end, encrypted)
			mu.Lock()
			defer mu.Unlock()
			all = append(all, times...)
			failed = errors.Join(failed, err)
		})
	}
	begin := time.Now()
	workers.Wait()
	if failed != nil {
		return failed
	}
	slices.Sort(all)
	fmt.Printf("%d requests in %.1f s: %.0f a second; half within %v, 99 of 100 within %v\n", len(all), time.Since(begin).Seconds(),
		float64(len(all))/time.Since(begin).Seconds(), all[len(all)/2].Round(time.Microsecond), all[len(all)*99/100].Round(time.Microsecond))
	return nil
}

// connection calls until the end and returns how long each call took.
func connection(address string, end time.Time, encrypted bool) (times []time.Duration, err error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	reader := bufio.NewReader(conn)
	var request []byte
	signed := int64(0)
	for now := time.Now(); now.Before(end); {
		if now.Unix() != signed {
			signed = now.Unix()
			if request, err = prepared(signed, encrypted); err != nil {
				return nil, err
			}
		}
		if _, err := conn.Write(request); err != nil {
			return nil, err
		}
		if err := answer(reader, encrypted); err != nil {
			return nil, err
		}
		done := time.Now()
		times = append(times, done.Sub(now))
		now = done
	}
	return times, nil
}

// prepared is a request that is signed for a second, as it goes over the wire.
func prepared(second int64, encrypted bool) ([]byte, error) {
	query := "channelid=2&gameid=" + app + "&os=4&source=1&ts=" + strconv.FormatInt(second, 10)
	sum := md5.Sum([]byte(path + "?" + query + body + serverKey))
	sent, headers := []byte(body), ""
	if encrypted {
		key, err := support.NewTeaKey(encKey)
		if err != nil {
			return nil, err
		}
		if sent, err = support.EncryptTea(sent, key, bytes.NewReader(make([]byte, 64))); err != nil {
			return nil, err
		}
		headers = "Content-Encrypt: msdktea\r\nAccept-Encrypt: msdktea\r\n"
	}
	head := fmt.Sprintf("POST %s?%s&sig=%s HTTP/1.1\r\nHost: stand-in\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n",
		path, query, hex.EncodeToString(sum[:]), headers, len(sent))
	return append([]byte(head), sent...), nil
}

var good = []byte(`{"ret":0,`)

// answer reads one answer and looks at it.
func answer(reader *bufio.Reader, encrypted bool) error {
	length, sealed := 0, false
	for {
		line, err := reader.ReadSlice('\n')
		if err != nil {
			return err
		}
		text := strings.TrimSpace(string(line))
		if text == "" {
			break
		}
		if value, ok := strings.CutPrefix(text, "Content-Length: "); ok {
			if length, err = strconv.Atoi(value); err != nil {
				return err
			}
		}
		sealed = sealed || strings.HasPrefix(text, http.CanonicalHeaderKey("Content-Encrypt")+": ")
	}
	text := make([]byte, length)
	if _, err := io.ReadFull(reader, text); err != nil {
		return err
	}
	if sealed != encrypted || !encrypted && !bytes.HasPrefix(text, good) {
		return fmt.Errorf("the stand-in answers %q", text)
	}
	return nil
}
