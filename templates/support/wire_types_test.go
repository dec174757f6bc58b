package support

import "strconv"

// The requests and responses of the small package in wire_sample_test.go.

type wireRequest struct {
	OpenID  string
	OpenKey Sensitive
	UserIP  string
	Small   int64
	Inner   []wireInner
}

type wireInner struct{ Token Opt[Sensitive] }

func (r *wireInner) AppendJSON(dst []byte) []byte {
	dst = append(dst, '{')
	dst = optField(dst, `"token":`, r.Token, appendText)
	return closeObject(dst)
}

func (r *wireInner) readJSON(d *jsonReader) {
	var seen fieldSet
	for d.object(); d.more(); {
		switch d.name {
		case "token":
			d.mark(&seen, 0)
			r.Token = readOpt(d, readText[Sensitive])
		default:
			d.unknown()
		}
	}
}

func (r *wireRequest) appendBody(dst []byte, f *filler) []byte {
	dst = append(dst, '{')
	dst = f.credentialInt(dst, `"appid":`, "appid")
	dst = textField(dst, `"openid":`, r.OpenID)
	dst = textField(dst, `"openkey":`, r.OpenKey)
	dst = textField(dst, `"userip":`, r.UserIP)
	dst = intField(dst, `"small":`, r.Small)
	dst = optListField(dst, `"inner":`, r.Inner, appendObject[wireInner])
	return closeObject(dst)
}

func (r *wireRequest) readJSON(d *jsonReader) {
	var seen fieldSet
	for d.object(); d.more(); {
		switch d.name {
		case "appid":
			d.mark(&seen, 0)
			d.skipInt()
		case "openid":
			d.mark(&seen, 1)
			r.OpenID = d.text()
		case "openkey":
			d.mark(&seen, 2)
			r.OpenKey = readText[Sensitive](d)
		case "userip":
			d.mark(&seen, 3)
			r.UserIP = d.text()
		case "small":
			d.mark(&seen, 4)
			r.Small = d.intOrText()
		case "inner":
			d.mark(&seen, 5)
			r.Inner = readList(d, 0, readObject[wireInner])
		default:
			d.skip()
		}
	}
	d.require(&seen, 1, "openid")
	d.require(&seen, 2, "openkey")
}

func (r *wireRequest) check(c *checker) {
	c.requireText("openid", r.OpenID)
	c.requireText("openkey", string(r.OpenKey))
	c.expectText("userip", r.UserIP)
	c.maxBytes("userip", r.UserIP, 45)
}

func (r *wireRequest) param(name string) (string, bool) {
	if name == "openid" {
		return r.OpenID, true
	}
	return "", false
}

// wirePlainRequest is wireRequest for schemes whose body has no appid.
type wirePlainRequest struct{ wireRequest }

func (r *wirePlainRequest) appendBody(dst []byte, _ *filler) []byte {
	return r.wireRequest.appendBody(dst, nil)
}

type wireResponse struct {
	Ret    Code
	Msg    string
	IsLost string
	Extra  Extra
}

func (r *wireResponse) AppendJSON(dst []byte) []byte {
	dst = append(dst, '{')
	dst = intField(dst, `"ret":`, r.Ret)
	dst = textField(dst, `"msg":`, r.Msg)
	dst = textField(dst, `"is_lost":`, r.IsLost)
	dst = extraFields(dst, r.Extra)
	return closeObject(dst)
}

func (r *wireResponse) readJSON(d *jsonReader) {
	var seen fieldSet
	for d.object(); d.more(); {
		switch d.name {
		case "ret":
			d.mark(&seen, 0)
			r.Ret = readInt[Code](d)
		case "msg":
			d.mark(&seen, 1)
			r.Msg = d.text()
		case "is_lost":
			d.mark(&seen, 2)
			r.IsLost = d.textOrInt()
		default:
			r.Extra = d.extra(r.Extra)
		}
	}
	d.requireCode(&seen, 0, "ret")
	d.require(&seen, 1, "msg")
}

func (r *wireResponse) echo(query func(name string) string) { echoText(&r.IsLost, query("version")) }

func (r *wireResponse) outcome() (code Code, message string) { return r.Ret, r.Msg }

type wireTIMResponse struct {
	ActionStatus string
	ErrorInfo    string
	ErrorCode    Code
}

func (r *wireTIMResponse) AppendJSON(dst []byte) []byte {
	dst = append(dst, '{')
	dst = textField(dst, `"ActionStatus":`, r.ActionStatus)
	dst = textField(dst, `"ErrorInfo":`, r.ErrorInfo)
	dst = intField(dst, `"ErrorCode":`, r.ErrorCode)
	return closeObject(dst)
}

func (r *wireTIMResponse) readJSON(d *jsonReader) {
	var seen fieldSet
	for d.object(); d.more(); {
		switch d.name {
		case "ActionStatus":
			d.mark(&seen, 0)
			r.ActionStatus = d.text()
		case "ErrorInfo":
			d.mark(&seen, 1)
			r.ErrorInfo = d.text()
		case "ErrorCode":
			d.mark(&seen, 2)
			r.ErrorCode = readInt[Code](d)
		default:
			d.unknown()
		}
	}
	d.requireCode(&seen, 2, "ErrorCode")
}

func (r *wireTIMResponse) outcome() (code Code, message string) { return r.ErrorCode, r.ErrorInfo }

func (r *wireTIMResponse) failed() bool { return r.ActionStatus == "FAIL" }

func (r *wireTIMResponse) complete() {
	if r.ActionStatus == "" {
		r.ActionStatus = "OK"
	}
}

type wirePong struct{ Name string }

func (r *wirePong) AppendJSON(dst []byte) []byte {
	return closeObject(textField(append(dst, '{'), `"name":`, r.Name))
}

func (r *wirePong) readJSON(d *jsonReader) {
	for d.object(); d.more(); {
		switch d.name {
		case "name":
			r.Name = d.text()
		default:
			d.skip()
		}
	}
}

// wireForgetRequest travels in the query alone.
type wireForgetRequest struct {
	noRequest
	Count int64
}

func (r *wireForgetRequest) param(name string) (string, bool) {
	return strconv.FormatInt(r.Count, 10), name == "count"
}

func (r *wireForgetRequest) setParam(name, value string) bool {
	n, err := strconv.ParseInt(value, 10, 8)
	r.Count = n
	return err == nil && name == "count"
}

// noRequest is the request of an operation that has nothing to supply.
type noRequest struct{}

func (*noRequest) readJSON(d *jsonReader)                  { d.skip() }
func (*noRequest) appendBody(dst []byte, _ *filler) []byte { return append(dst, '{', '}') }
