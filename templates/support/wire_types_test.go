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
	dst = openObject(dst)
	dst = optTextField(dst, `"token":`, r.Token.set, string(r.Token.value))
	return closeObject(dst)
}

var fieldsOfWireInner = jsonFields{
	keys: []jsonKey{
		{name: `"token":`},
	},
}

func (r *wireInner) readJSON(d *jsonReader) {
	m := members{of: &fieldsOfWireInner}
	for d.object(&m); d.more(&m); {
		switch m.field {
		case 0:
			r.Token.set = d.text((*string)(&r.Token.value))
		default:
			d.unknown()
		}
	}
}

func (r *wireRequest) appendBody(dst []byte, f *filler) []byte {
	dst = append(dst, '{')
	dst = f.credentialInt(dst, `"appid":`, "appid")
	dst = textField(dst, `"openid":`, r.OpenID)
	dst = textField(dst, `"openkey":`, string(r.OpenKey))
	dst = textField(dst, `"userip":`, r.UserIP)
	dst = intField(dst, `"small":`, r.Small)
	dst = optListField(dst, `"inner":`, r.Inner, (*wireInner).AppendJSON)
	return closeObject(dst)
}

var fieldsOfWireRequest = jsonFields{
	keys: []jsonKey{
		{name: `"appid":`},
		{name: `"openid":`, need: required},
		{name: `"openkey":`, need: required},
		{name: `"userip":`},
		{name: `"small":`},
		{name: `"inner":`},
	},
	must: true,
}

func (r *wireRequest) readJSON(d *jsonReader) {
	m := members{of: &fieldsOfWireRequest}
	for d.object(&m); d.more(&m); {
		switch m.field {
		case 0:
			d.skipInt()
		case 1:
			d.text(&r.OpenID)
		case 2:
			d.text((*string)(&r.OpenKey))
		case 3:
			d.text(&r.UserIP)
		case 4:
			d.intOrText(&r.Small)
		case 5:
			readList(&r.Inner, d, 0, (*wireInner).readJSON)
		default:
			d.skip()
		}
	}
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
	dst = openObject(dst)
	dst = intField(dst, `"ret":`, int64(r.Ret))
	dst = textField(dst, `"msg":`, r.Msg)
	dst = textField(dst, `"is_lost":`, r.IsLost)
	return closeExtra(dst, r.Extra)
}

var fieldsOfWireResponse = jsonFields{
	keys: []jsonKey{
		{name: `"ret":`, need: resultCode},
		{name: `"msg":`, need: required},
		{name: `"is_lost":`},
	},
	must: true,
}

func (r *wireResponse) readJSON(d *jsonReader) {
	m := members{of: &fieldsOfWireResponse}
	for d.object(&m); d.more(&m); {
		switch m.field {
		case 0:
			d.int((*int64)(&r.Ret))
		case 1:
			d.text(&r.Msg)
		case 2:
			d.textOrInt(&r.IsLost)
		default:
			d.extra(&m, &r.Extra)
		}
	}
}

func (r *wireResponse) echo(query func(name string) string) responseBody {
	answer := *r
	echoText(&answer.IsLost, query("version"))
	return &answer
}

func (r *wireResponse) outcome() (code Code, message string) { return r.Ret, r.Msg }

type wireTIMResponse struct {
	ActionStatus string
	ErrorInfo    string
	ErrorCode    Code
}

func (r *wireTIMResponse) AppendJSON(dst []byte) []byte {
	dst = openObject(dst)
	dst = textField(dst, `"ActionStatus":`, r.ActionStatus)
	dst = textField(dst, `"ErrorInfo":`, r.ErrorInfo)
	dst = intField(dst, `"ErrorCode":`, int64(r.ErrorCode))
	return closeObject(dst)
}

var fieldsOfWireTIMResponse = jsonFields{
	keys: []jsonKey{
		{name: `"ActionStatus":`},
		{name: `"ErrorInfo":`},
		{name: `"ErrorCode":`, need: resultCode},
	},
	must: true,
}

func (r *wireTIMResponse) readJSON(d *jsonReader) {
	m := members{of: &fieldsOfWireTIMResponse}
	for d.object(&m); d.more(&m); {
		switch m.field {
		case 0:
			d.text(&r.ActionStatus)
		case 1:
			d.text(&r.ErrorInfo)
		case 2:
			d.int((*int64)(&r.ErrorCode))
		default:
			d.unknown()
		}
	}
}

func (r *wireTIMResponse) outcome() (code Code, message string) { return r.ErrorCode, r.ErrorInfo }

func (r *wireTIMResponse) failed() bool { return r.ActionStatus == "FAIL" }

func (r *wireTIMResponse) complete() responseBody {
	answer := *r
	if answer.ActionStatus == "" {
		answer.ActionStatus = "OK"
	}
	return &answer
}

type wirePong struct{ Name string }

func (r *wirePong) AppendJSON(dst []byte) []byte {
	return closeObject(textField(append(dst, '{'), `"name":`, r.Name))
}

var fieldsOfWirePong = jsonFields{
	keys: []jsonKey{
		{name: `"name":`},
	},
}

func (r *wirePong) readJSON(d *jsonReader) {
	m := members{of: &fieldsOfWirePong}
	for d.object(&m); d.more(&m); {
		switch m.field {
		case 0:
			d.text(&r.Name)
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
