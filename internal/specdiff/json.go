package specdiff

// The report as JSON, for other programs, and the schema that it follows.

import (
	"bytes"
	_ "embed" // the schema
	"encoding/json"
)

//go:embed schema.json
var schema string

// Schema is the JSON Schema of a report in the format json.
func Schema() string { return schema }

// version is raised when a member of the JSON changes its meaning or goes away.
const version = 1

type jsonReport struct {
	Version int            `json:"version"`
	Old     string         `json:"old"`
	New     string         `json:"new"`
	Summary map[string]int `json:"summary"`
	Changes []jsonChange   `json:"changes"`
}

type jsonChange struct {
	Rule       string       `json:"rule"`
	Level      Level        `json:"level"`
	Verdicts   Verdicts     `json:"verdicts"`
	Operations []string     `json:"operations"`
	Subject    string       `json:"subject"`
	Text       string       `json:"text"`
	Before     string       `json:"before,omitempty"`
	After      string       `json:"after,omitempty"`
	Action     string       `json:"action,omitempty"`
	Old        jsonPlace    `json:"old"`
	New        jsonPlace    `json:"new"`
	Signing    []SideBySide `json:"signing,omitempty"`
}

type jsonPlace struct {
	Pointer string `json:"pointer"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
}

func asJSON(r *Report) (string, error) {
	out := jsonReport{Version: version, Old: r.Old, New: r.New, Summary: map[string]int{}, Changes: []jsonChange{}}
	for l := Documentation; l <= Breaking; l++ {
		out.Summary[l.String()] = r.Count(l)
	}
	place := func(p Place) jsonPlace { return jsonPlace{p.Pointer, p.Pos.File, p.Pos.Line, p.Pos.Column} }
	for _, c := range r.Changes {
		operations := c.Operations
		if operations == nil {
			operations = []string{}
		}
		out.Changes = append(out.Changes, jsonChange{c.Rule, c.Level, c.Verdicts, operations, c.Subject, c.Text, c.Before, c.After, c.Action, place(c.Old), place(c.New), c.Signing})
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(out); err != nil {
		return "", err
	}
	return b.String(), nil
}
