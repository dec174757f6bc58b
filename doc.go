// Package msdkgen is the root of a generator: it turns an OpenAPI document with x-msdk-* extensions (request signing, channel variants, …) into
// a Go package with client, server stubs and validators. The program is cmd/msdkgen; README.md shows how it is used.
//
// This package holds no code, only the line that regenerates this repository's own packages. The tag leaves out the command serve, which is
// made of generated code: bad output never blocks its own repair.
package msdkgen

//go:generate go run -tags bootstrap ./cmd/msdkgen generate
