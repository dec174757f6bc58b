package standin

// A stand-in as a program: address, flags, log, end. It serves the parts that it is given behind one port.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// Exit codes of a program.
const (
	exitDone   = 0
	exitFailed = 2
)

// runMain is the body of the generated Main.
func runMain(part Vendor) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := Run(ctx, part.Name()+" stand-in", os.Args[1:], os.Getenv, os.Stdout, os.Stderr, part)
	stop()
	os.Exit(code)
}

// Run is a whole program, which ends with ctx. name is what its messages begin with; args are its flags, getenv is where credentials may come
// from. It prints the address and how to call it to stdout, and the log, a JSON object a line, to stderr. The result is an exit code: 0 or,
// for wrong usage and what could not be done, 2.
func Run(ctx context.Context, name string, args []string, getenv func(string) string, stdout, stderr io.Writer, parts ...Vendor) int {
	f, err := readFlags(name, args, getenv, stdout, parts)
	switch {
	case errors.Is(err, errHelp):
		return exitDone
	case err != nil:
		fmt.Fprintf(stderr, "%s: %v\n", name, err)
		return exitFailed
	}
	p := &program{name: name, flags: f, stdout: stdout, parts: parts}
	p.log = slog.New(slog.NewJSONHandler(stderr, &slog.HandlerOptions{Level: f.level}))
	if err := p.run(ctx); err != nil {
		fmt.Fprintf(stderr, "%s: %v\n", name, err)
		return exitFailed
	}
	return exitDone
}

// program is one run.
type program struct {
	name   string
	flags  *runFlags
	stdout io.Writer
	log    *slog.Logger
	parts  []Vendor
}

func (p *program) run(ctx context.Context) error {
	for _, part := range p.parts {
		s := p.flags.settings
		s.Log = p.log
		if err := part.Open(s); err != nil {
			return fmt.Errorf("%s: %w", part.Name(), err)
		}
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", p.flags.address)
	if err != nil {
		return err
	}
	address := listener.Addr().String()
	if p.flags.portFile != "" {
		if err := writePort(p.flags.portFile, listener); err != nil {
			_ = listener.Close()
			return err
		}
		defer func() { _ = os.Remove(p.flags.portFile) }()
	}
	server := newHTTPServer(p)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	p.announce("http://" + address)
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	return p.stop(server)
}

// writePort writes the port as a whole: a reader that waits for the file never sees half of it.
func writePort(name string, listener net.Listener) error {
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return err
	}
	temporary := name + ".tmp"
	if err := os.WriteFile(temporary, []byte(port+"\n"), 0o644); err != nil {
		return err
	}
	return os.Rename(temporary, name)
}

// stop lets calls end that are being answered.
func (p *program) stop(server *http.Server) error {
	for _, part := range p.parts {
		part.Close()
	}
	const patience = 5 * time.Second
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	for _, part := range p.parts {
		p.log.Info("stopped", slog.String("package", part.Name()), slog.Any("counts", part.Counts()))
	}
	return err
}

// announce tells a person where the stand-in is and how to call it.
func (p *program) announce(base string) {
	var b strings.Builder
	fmt.Fprintf(&b, "%s listens on %s\n", p.name, base)
	for _, part := range p.parts {
		mode := "lenient: departures from the document that vendors take are taken and counted, see " + base + "/healthz"
		if !p.flags.settings.Lenient {
			mode = "strict"
		}
		fmt.Fprintf(&b, "\n%s, %s\n", part.Name(), mode)
		p.announceKeys(&b, part)
		for _, line := range part.Curl(base) {
			b.WriteString("  " + line + "\n")
		}
	}
	_, _ = io.WriteString(p.stdout, b.String())
	p.log.Info("listening", slog.String("address", base))
}

// announceKeys prints credentials that are made up. One that was given is not printed.
func (p *program) announceKeys(b *strings.Builder, part Vendor) {
	for _, c := range part.Credentials() {
		scheme, name, demo, secret := c[0], c[1], c[2], c[3]
		given := p.flags.settings.Credentials
		switch {
		case given[name] == "" && given[scheme+"/"+name] == "":
			fmt.Fprintf(b, "  %s %s = %s (made up)\n", scheme, name, demo)
		case secret == "":
			fmt.Fprintf(b, "  %s %s is as given\n", scheme, name)
		default:
			fmt.Fprintf(b, "  %s %s is as given: ***\n", scheme, name)
		}
	}
}

// healthPath is the program's own path; no document has it.
const healthPath = "/healthz"

// ServeHTTP finds the part that a request is for. A path that is nobody's goes to the part with the most similar one, whose vendor's answer it
// gets.
func (p *program) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == healthPath {
		p.health(w)
		return
	}
	best := p.parts[0]
	if len(p.parts) > 1 {
		for _, part := range p.parts {
			if part.Serves(r.URL.Path) {
				part.ServeHTTP(w, r)
				return
			}
			if part.Nearness(r.URL.Path) > best.Nearness(r.URL.Path) {
				best = part
			}
		}
	}
	best.ServeHTTP(w, r)
}

// health says that the program serves, and what it has counted.
func (p *program) health(w http.ResponseWriter) {
	counts := map[string]map[string]int64{}
	for _, part := range p.parts {
		counts[part.Name()] = part.Counts()
	}
	text, err := json.Marshal(map[string]any{"status": "ok", "counts": counts}) // sorted by name
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(append(text, '\n'))
}
