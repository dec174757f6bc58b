package support

// Members of a response that repeat a query parameter of the request (x-msdk-echo). A server fills them in where the service left them
// unset; a parameter without a value leaves them so. Apart because only documents with such members need it.
//
// Not inlined: they are called for many responses, and a call is less to compile.

//go:noinline
func echoText[T ~string](member *T, value string) {
	if *member == "" {
		*member = T(value)
	}
}

//go:noinline
func echoTextOpt[T ~string](member *Opt[T], value string) {
	if !member.set && value != "" {
		*member = Some(T(value))
	}
}

// echoInt takes 0 for unset: a plain integer has no other way to be.
//
//go:noinline
func echoInt[T integerType](member *T, value string) {
	if *member == 0 {
		*member, _ = textInteger[T](value)
	}
}

//go:noinline
func echoIntOpt[T integerType](member *Opt[T], value string) {
	if number, ok := textInteger[T](value); ok && !member.set {
		*member = Some(number)
	}
}
