package specdiff

// Operators on signatures and encryption.

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/msdkgen/msdkgen/generator/load"
)

// programs makes mutations of signing programs.
func (s *site) programs(make func(n *load.Node) []mutation) []mutation {
	var all []mutation
	for _, n := range children(s.root.Member("components").Member("securitySchemes")) {
		if sign := n.Member("x-msdk-sign"); sign.Has("steps") {
			for _, m := range make(sign) {
				m.zone = n.Pointer
				all = append(all, m)
			}
		}
	}
	return all
}

// ciphers makes a mutation for the cipher of each scheme.
func (s *site) ciphers(make func(cipher *load.Node) mutation) []mutation {
	return s.programs(func(sign *load.Node) []mutation {
		if cipher := s.doc.spec.At(upTo(sign.Pointer, "/")).Member("x-msdk-encrypt"); cipher != nil {
			return []mutation{make(cipher)}
		}
		return nil
	})
}

// cipherOperator sets a key that ciphers lack.
func cipherOperator(name, key string, value func() *load.Node, rule string, v Verdicts) operator {
	return operator{name, func(s *site) []mutation {
		return s.ciphers(func(cipher *load.Node) mutation {
			place := cipher.Pointer + "/" + key
			old := cipher.Pointer
			if cipher.Has(key) {
				old = place
			}
			return mutation{apply: setAt(cipher.Pointer, key, value), want: expected{rule, old, place, v}}
		})
	}}
}

var (
	encrypted = Verdicts{Request: b0, Response: b0, Go: c0, Signing: b0}
	signed    = Verdicts{Request: b0, Go: c0, Signing: b0}
)

var signOperators = []operator{
	{"take another digest", func(s *site) []mutation {
		return s.programs(func(sign *load.Node) (all []mutation) {
			for _, step := range sign.Member("steps").Children {
				for _, digest := range []string{"sha1", "sha256"} {
					if md5 := step.Member("md5"); md5 != nil {
						all = append(all, mutation{
							apply: func(root *load.Node) {
								put(find(root, step.Pointer), digest, textNode(md5.Value))
								drop(find(root, step.Pointer), "md5")
							},
							want: expected{"signing-program-changed", step.Pointer, step.Pointer, signed},
						})
					}
				}
			}
			return all
		})
	}},
	{"sign in another order", func(s *site) []mutation {
		return s.programs(func(sign *load.Node) (all []mutation) {
			for _, step := range sign.Member("steps").Children {
				concat := step.Member("concat")
				for i := 1; i < len(children(concat)); i++ {
					all = append(all, mutation{
						apply: func(root *load.Node) {
							list := find(root, concat.Pointer).Children
							list[i-1], list[i] = list[i], list[i-1]
						},
						want: expected{"signing-program-changed", concat.Pointer, concat.Pointer, signed},
					})
				}
			}
			return all
		})
	}},
	{"sign something more", func(s *site) []mutation {
		return s.programs(func(sign *load.Node) (all []mutation) {
			for _, step := range sign.Member("steps").Children {
				if concat := step.Member("concat"); concat != nil {
					all = append(all, mutation{
						apply: func(root *load.Node) {
							list := find(root, concat.Pointer)
							list.Children = append(list.Children, mappingNode("constant", textNode("zz")))
						},
						want: expected{"signing-program-changed", concat.Pointer, concat.Pointer + "/" + strconv.Itoa(len(concat.Children)), signed},
					})
				}
			}
			return all
		})
	}},
	{"choose the key in another way", func(s *site) []mutation {
		return s.programs(func(sign *load.Node) []mutation {
			choices := sign.Member("keys").Member("choices")
			if choices == nil {
				return nil
			}
			return []mutation{{
				apply: func(root *load.Node) { put(find(root, choices.Pointer).Children[0], "value", textNode("9")) },
				want:  expected{"signing-key-changed", choices.Children[0].Pointer + "/value", choices.Children[0].Pointer + "/value", signed},
			}}
		})
	}},
	{"sign with an hmac", func(s *site) []mutation {
		return s.programs(func(sign *load.Node) (all []mutation) {
			for _, step := range sign.Member("steps").Children {
				if md5 := step.Member("md5"); md5 != nil {
					all = append(all, mutation{
						apply: func(root *load.Node) {
							target := find(root, step.Pointer)
							put(target, "hmac", mappingNode("hash", textNode("sha256"), "key", mappingNode("constant", textNode("zz")), "of", textNode(md5.Value)))
							drop(target, "md5")
						},
						want: expected{"signing-program-changed", step.Pointer, step.Pointer, signed},
					})
				}
			}
			return all
		})
	}},
	{"write the signature in another way", func(s *site) []mutation {
		return s.programs(func(sign *load.Node) (all []mutation) {
			for _, step := range sign.Member("steps").Children {
				for _, code := range []string{"upper-hex", "base64", "base64url-raw"} {
					if hex := step.Member("hex"); hex != nil {
						all = append(all, mutation{
							apply: func(root *load.Node) {
								put(find(root, step.Pointer), code, textNode(hex.Value))
								drop(find(root, step.Pointer), "hex")
							},
							want: expected{"signing-program-changed", step.Pointer, step.Pointer, signed},
						})
					}
				}
			}
			return all
		})
	}},
	{"encode the parameters", func(s *site) []mutation {
		return s.programs(func(sign *load.Node) []mutation {
			for i, step := range sign.Member("steps").Children {
				of := step.Member("join").Member("of")
				if of == nil || of.Kind != load.Text {
					continue
				}
				return []mutation{{
					apply: func(root *load.Node) {
						steps := find(root, sign.Pointer+"/steps")
						find(steps, fmt.Sprintf("/%d/join/of", i)).Value = "zz_encoded"
						encode := mappingNode("name", textNode("zz_encoded"), "percent-encode", textNode(of.Value))
						steps.Children = slices.Insert(steps.Children, i, encode)
					},
					want: expected{"signing-program-changed", "-", "-", signed},
				}}
			}
			return nil
		})
	}},
	{"sign what is not empty", func(s *site) []mutation {
		return s.programs(func(sign *load.Node) (all []mutation) {
			for _, step := range sign.Member("steps").Children {
				if selected := step.Member("parameters"); selected != nil {
					all = append(all, mutation{
						apply: setAt(selected.Pointer, "drop-empty", yes),
						want:  expected{"signing-program-changed", selected.Pointer, selected.Pointer + "/drop-empty", signed},
					})
				}
			}
			return all
		})
	}},
	{"state a window", func(s *site) []mutation {
		return s.programs(func(sign *load.Node) []mutation {
			return []mutation{{
				apply: setAt(sign.Pointer, "window", func() *load.Node { return numberNode("300") }),
				want:  expected{"window-shortened", sign.Pointer, sign.Pointer + "/window", Verdicts{Request: r0, Go: c0, Signing: r0}},
			}}
		})
	}},
	cipherOperator("sign the ciphertext", "sign", func() *load.Node { return textNode("ciphertext") }, "cipher-changed", encrypted),
	cipherOperator("announce ciphertext in another header", "headers", func() *load.Node { return mappingNode("content", textNode("X-ZZ-Encrypt")) }, "cipher-changed", encrypted),
	cipherOperator("say what a cipher is without", "required", func() *load.Node { return boolNode(false) }, "rewritten", Verdicts{Go: d0}),
	{"require encryption", func(s *site) []mutation {
		return s.ciphers(func(cipher *load.Node) mutation {
			key := upTo(cipher.Pointer, "/") + "/x-msdk-credentials/" + cipher.Member("key").Value
			return mutation{
				apply: func(root *load.Node) {
					put(find(root, cipher.Pointer), "required", boolNode(true))
					drop(find(root, key), "optional")
				},
				want: expected{"cipher-required", cipher.Pointer, cipher.Pointer + "/required", Verdicts{Request: b0, Response: r0, Go: r0, Signing: b0}},
				more: []expected{{"credential-required", key + "/optional", key, Verdicts{Go: r0, Signing: r0}}},
			}
		})
	}},
	{"encrypt with another key", func(s *site) []mutation {
		return s.ciphers(func(cipher *load.Node) mutation {
			credentials := upTo(cipher.Pointer, "/") + "/x-msdk-credentials"
			key := cipher.Pointer + "/key"
			return mutation{
				apply: func(root *load.Node) {
					put(find(root, credentials), "zz_key", mappingNode("secret", boolNode(true), "optional", boolNode(true)))
					find(root, key).Value = "zz_key"
				},
				want: expected{"cipher-changed", key, key, encrypted},
				more: []expected{{"credential-added-optional", credentials, credentials + "/zz_key", Verdicts{Go: c0, Signing: c0}}},
			}
		})
	}},
	{"encrypt no longer", func(s *site) []mutation {
		return s.ciphers(func(cipher *load.Node) mutation {
			scheme := upTo(cipher.Pointer, "/")
			return mutation{
				apply: dropAt(scheme, "x-msdk-encrypt"),
				want:  expected{"cipher-removed", cipher.Pointer, scheme, Verdicts{Request: r0, Response: r0, Go: c0, Signing: r0}},
			}
		})
	}},
	{"call a step by another name", func(s *site) []mutation {
		return s.programs(func(sign *load.Node) []mutation {
			return []mutation{{
				apply: func(root *load.Node) {
					every(find(root, sign.Pointer+"/steps"), nil, func(n, _ *load.Node) {
						if n.Value == "digest" {
							n.Value = "sum"
						}
					})
				},
				want: expected{"rewritten", sign.Pointer + "/steps", sign.Pointer + "/steps", Verdicts{Go: d0}},
			}}
		})
	}},
	{"take a further credential", func(s *site) []mutation {
		return s.programs(func(sign *load.Node) []mutation {
			credentials := upTo(sign.Pointer, "/") + "/x-msdk-credentials"
			return []mutation{{
				apply: setAt(credentials, "zz_region", func() *load.Node { return mappingNode("description", textNode("Where.")) }),
				want:  expected{"credential-added", credentials, credentials + "/zz_region", Verdicts{Go: r0, Signing: r0}},
			}}
		})
	}},
	{"say something else about a scheme", func(s *site) []mutation {
		return s.programs(func(sign *load.Node) []mutation {
			scheme := upTo(sign.Pointer, "/")
			return []mutation{{
				apply: setAt(scheme, "description", func() *load.Node { return textNode("In other words.") }),
				want:  expected{"sign-words-changed", scheme + "/description", scheme + "/description", Verdicts{Go: d0, Signing: d0}},
			}}
		})
	}},
}
