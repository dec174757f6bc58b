package support

// An item of a list can fail although the call succeeds, where the vendor gives each item a result code of its own. Apart from errors.go
// because only documents with such items need it.

// itemError returns the failure that an item reports, nil if it reports success. item is the name of its type: the item does not know
// which operation it came from.
func itemError(item string, r *result, code Code, message string) error {
	if r.success(code) {
		return nil
	}
	text, retry := r.text(code)
	// The call and its secrets are gone by now; what looks like the query of a URL is cut all the same.
	return &Error{Operation: item, Code: code, Message: new(mask).text(message, maxOutsideText), Text: text, Retry: retry}
}
