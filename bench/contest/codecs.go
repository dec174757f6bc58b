package main

// The sections about codecs: decode, encode, validate.

import "fmt"

// payload is one answer of a message.
type payload struct {
	message
	name string
	text []byte
	file bool // from outside: other libraries may be unable to write what they read in it
}

// checkPayloads lets all contenders read and write each payload, and compares what they read and wrote.
func checkPayloads(payloads []payload, remark func(string)) error {
	for _, p := range payloads {
		remarks, err := checkSame(p.text, p.contenders())
		if err == nil && len(remarks) > 0 && !p.file {
			err = fmt.Errorf("%s", remarks[0])
		}
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		for _, r := range remarks {
			remark(p.name + ": " + r)
		}
	}
	return nil
}

func decodeSection(payloads []payload) section {
	return codecSection("Decode", "From the bytes of a body into a struct.", payloads, func(p payload, c *contender) func() error {
		return func() error { return c.decode(p.text) }
	})
}

func reuseSection(payloads []payload) section {
	about := "As a server does that keeps its buffers."
	return codecSection("Encode into a buffer that is used again", about, payloads, func(_ payload, c *contender) func() error { return dropping(c.reuse) })
}

func freshSection(payloads []payload) section {
	about := "MarshalJSON, or what the library has in its place."
	return codecSection("Encode into a fresh slice", about, payloads, func(_ payload, c *contender) func() error { return dropping(c.fresh) })
}

func codecSection(name, about string, payloads []payload, run func(payload, *contender) func() error) section {
	s := section{name: name, about: about}
	for _, p := range payloads {
		s.rows = append(s.rows, row{name: p.name, size: len(p.text), best: true, set: func() (entrants []entrant, end func(), err error) {
			for _, c := range p.contenders() {
				if err := c.decode(p.text); err != nil {
					return nil, nil, err
				}
				c.forget()
				if f := run(p, c); f != nil {
					entrants = append(entrants, entrant{c.name, f, held{c, p.text}})
				}
			}
			return entrants, nil, nil
		}})
	}
	return s
}

func dropping(encode func() ([]byte, error)) func() error {
	if encode == nil {
		return nil
	}
	return func() error {
		_, err := encode()
		return err
	}
}

// validateSection measures Validate where our type has rules. What decoding the same message costs stands beside it.
func validateSection(payloads []payload) (section, error) {
	s := section{name: "Validate", about: "A message in which nothing is wrong, with the same rules. Beside it: what decoding that message costs us. " +
		"(ogen makes no validator where a type has no rule.)"}
	add := func(name string, text []byte, contenders func() []*contender) {
		if contenders()[0].validate == nil {
			return
		}
		s.rows = append(s.rows, row{name: name, size: len(text), set: func() (entrants []entrant, end func(), err error) {
			all := contenders()
			for _, c := range all[:2] { // ours and ogen's
				if err := c.decode(text); err != nil {
					return nil, nil, err
				}
				entrants = append(entrants, entrant{name: c.name, run: c.validate})
			}
			return append(entrants, entrant{name: "msdkgen, decode", run: func() error { return all[0].decode(text) }}), nil, nil
		}})
	}
	asked := ""
	for _, p := range payloads {
		_, question, err := record(p.message, p.text)
		if err != nil {
			return s, fmt.Errorf("%s: %w", p.name, err)
		}
		if p.kind != asked { // payloads of one kind have the same request
			asked = p.kind
			add(p.kind+", request", question, p.rules)
		}
		add(p.name+", answer", p.text, p.contenders)
	}
	return s, nil
}
