package naming

// Spellings: how the words of a document become one exported Go identifier. A pure function of the spelling, so that no other
// name in a document can change the result.

import (
	"go/token"
	"strings"
	"unicode"
	"unicode/utf8"
)

// initialisms are written in capitals, as Go does. The set is fixed: an entry more would rename what users have compiled against.
var initialisms = map[string]bool{
	"AES": true, "API": true, "ASCII": true, "CPU": true, "CSS": true, "CSV": true, "DNS": true, "EOF": true, "GPS": true,
	"GUID": true, "HMAC": true, "HTML": true, "HTTP": true, "HTTPS": true, "ID": true, "IM": true, "IP": true, "JSON": true,
	"JWT": true, "MD5": true, "MSDK": true, "OS": true, "PDF": true, "QPS": true, "QQ": true, "RAM": true, "RPC": true,
	"RSA": true, "SDK": true, "SHA1": true, "SHA256": true, "SMS": true, "SMTP": true, "SQL": true, "SSH": true, "SSL": true,
	"TCP": true, "TIM": true, "TLS": true, "TTL": true, "UDP": true, "UI": true, "UID": true, "URI": true, "URL": true,
	"URN": true, "UTC": true, "UTF8": true, "UUID": true, "VIP": true, "VM": true, "XML": true,
}

// split cuts a spelling into words: at everything that is neither letter nor digit, and where the case changes. Digits belong
// to the word before them.
func split(spelling string) []string {
	runes := []rune(spelling)
	var words []string
	start := -1
	for i, r := range runes {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			if start >= 0 {
				words = append(words, string(runes[start:i]))
			}
			start = -1
			continue
		}
		if start >= 0 && boundary(runes, i) {
			words = append(words, string(runes[start:i]))
			start = i
		}
		if start < 0 {
			start = i
		}
	}
	if start >= 0 {
		words = append(words, string(runes[start:]))
	}
	return words
}

// boundary reports whether a word begins at i, which is inside of a run of letters and digits.
func boundary(runes []rune, i int) bool {
	before, r := runes[i-1], runes[i]
	if !unicode.IsUpper(r) {
		return false
	}
	if !unicode.IsUpper(before) {
		return true // groupId, v2Group
	}
	return i+1 < len(runes) && unicode.IsLower(runes[i+1]) // HTTPServer
}

// pascal joins the words of a spelling in the way of Go, without any prefix that an identifier may need.
func pascal(spelling string) string {
	words := split(spelling)
	shouted := spelling == strings.ToUpper(spelling) && (len(words) > 1 || len(spelling) > longestAbbreviation)
	var b strings.Builder
	for _, w := range words {
		b.WriteString(word(w, shouted))
	}
	return b.String()
}

// longestAbbreviation is the length up to which a lone word in capitals is taken for an abbreviation, which keeps them.
const longestAbbreviation = 3

// word writes one word. In a longer spelling without any small letters the capitals mean nothing: MSG_INVITE is MsgInvite.
func word(w string, shouted bool) string {
	upper := strings.ToUpper(w)
	if initialisms[upper] {
		return upper
	}
	if stem, ok := strings.CutSuffix(upper, "S"); ok && initialisms[stem] {
		return stem + "s"
	}
	if shouted {
		w = strings.ToLower(w)
	}
	return capital(w)
}

func capital(w string) string {
	first, size := utf8.DecodeRuneInString(w)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + w[size:]
}

// exported gives a name that no capital letter begins a prefix that makes it one: N before a digit, X before a letter of a
// script without capitals.
func exported(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	switch {
	case size == 0:
		return ""
	case unicode.IsUpper(first):
		return name
	case unicode.IsDigit(first):
		return "N" + name
	}
	return "X" + name
}

// raw keeps a spelling letter by letter: what is no part of an identifier becomes an underscore, and the first letter a capital.
// It tells apart spellings that only differ in what pascal removes, nick_name and nickName.
func raw(spelling string) string {
	return exported(rawTail(spelling))
}

// rawTail is raw for a name that stands behind another one.
func rawTail(spelling string) string {
	return capital(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '_'
	}, spelling))
}

// isExported reports whether name is an exported Go identifier.
func isExported(name string) bool { return token.IsIdentifier(name) && token.IsExported(name) }
