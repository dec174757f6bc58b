package standin

// What a stand-in needs of a test. Package testing itself is not imported, so that a program which serves the stand-in does not carry it.

// T is a test: *testing.T, *testing.B or *testing.F.
type T interface {
	Helper()
	Cleanup(func())
	Errorf(format string, args ...any)
	Logf(format string, args ...any)
}

// fatal fails the test and ends it, if t can do that.
func fatal(t T, format string, args ...any) {
	t.Helper()
	t.Errorf(format, args...)
	if f, ok := t.(interface{ FailNow() }); ok {
		f.FailNow()
	}
}
