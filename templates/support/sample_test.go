package support

// Types as the generator writes them, and their twins for encoding/json. The tests of reader, writer and checker share them.

import "encoding/json"

type sampleKind string

// sampleGroup has a field of every shape.
type sampleGroup struct {
	ID      string
	Kind    sampleKind
	Token   Sensitive
	Members []sampleMember
	Notice  Opt[string]
	Limit   Opt[uint32]
	Small   int32
	Big     uint64
	Score   float64
	Hidden  bool
	Counts  map[string]int64
	Numbers []int32
	Any     RawJSON
	Inner   sampleMember
	Text    sampleMember
	Extra   Extra
}

func (v *sampleGroup) AppendJSON(dst []byte) []byte { return v.appendBody(dst, nil) }

func (v *sampleGroup) MarshalJSON() ([]byte, error) {
	s := newScratch()
	return s.keep(v.AppendJSON(s.room))
}
func (v *sampleGroup) UnmarshalJSON(text []byte) error { return unmarshal(text, v) }
func (v *sampleGroup) Validate() error                 { return validate("group", v) }
func (v *sampleGroup) appendBody(dst []byte, f *filler) []byte {
	dst = append(dst, '{')
	dst = f.credentialInt(dst, `"appid":`, "appid")
	dst = f.timestamp(dst, `"time":`)
	dst = f.nonceField(dst, `"random":`, 32)
	dst = textField(dst, `"GroupId":`, v.ID)
	dst = textField(dst, `"Type":`, string(v.Kind))
	dst = textField(dst, `"Token":`, string(v.Token))
	dst = optListField(dst, `"MemberList":`, v.Members, (*sampleMember).AppendJSON)
	dst = optTextField(dst, `"Notice":`, v.Notice.set, string(v.Notice.value))
	dst = optIntField(dst, `"Limit":`, v.Limit.set, int64(v.Limit.value))
	dst = intField(dst, `"Small":`, int64(v.Small))
	dst = uintField(dst, `"Big":`, v.Big)
	dst = floatField(dst, `"Score":`, v.Score)
	dst = boolField(dst, `"Hidden":`, v.Hidden)
	dst = optMapField(dst, `"Counts":`, v.Counts, writeInt)
	dst = commaField(dst, `"Numbers":`, v.Numbers)
	dst = optAnyField(dst, `"Any":`, v.Any)
	dst = endMember(v.Inner.AppendJSON(beginMember(dst, `"Inner":`)))
	dst = embeddedField(dst, `"Text":`, &v.Text, (*sampleMember).AppendJSON)
	dst = constField(dst, `"scenes":1`)
	return closeExtra(dst, v.Extra)
}

var fieldsOfSampleGroup = jsonFields{
	keys: []jsonKey{
		{name: `"GroupId":`, need: required},
		{name: `"Type":`},
		{name: `"Token":`},
		{name: `"MemberList":`},
		{name: `"Notice":`},
		{name: `"Limit":`},
		{name: `"Small":`},
		{name: `"Big":`},
		{name: `"Score":`},
		{name: `"Hidden":`},
		{name: `"Counts":`},
		{name: `"Numbers":`},
		{name: `"Any":`},
		{name: `"Inner":`},
		{name: `"Text":`},
		{name: `"scenes":`},
	},
	must: true,
}

func (v *sampleGroup) readJSON(d *jsonReader) {
	m := members{of: &fieldsOfSampleGroup}
	for d.object(&m); d.more(&m); {
		switch m.field {
		case 0:
			d.text(&v.ID)
		case 1:
			d.text((*string)(&v.Kind))
		case 2:
			d.textOrInt((*string)(&v.Token))
		case 3:
			readList(&v.Members, d, 3, (*sampleMember).readJSON)
		case 4:
			v.Notice.set = d.text(&v.Notice.value)
		case 5:
			v.Limit.set = readInt(&v.Limit.value, d)
		case 6:
			readIntOrText(&v.Small, d)
		case 7:
			readInt(&v.Big, d)
		case 8:
			d.float(&v.Score)
		case 9:
			d.bool(&v.Hidden)
		case 10:
			readMap(&v.Counts, d, 0, itemInt[int64])
		case 11:
			readCommaList(&v.Numbers, d)
		case 12:
			readRaw(&v.Any, d)
		case 13:
			readObjectOrText(&v.Inner, d, (*sampleMember).readInText, (*sampleMember).readJSON)
		case 14:
			readEmbedded(&v.Text, d, (*sampleMember).readInText, (*sampleMember).readJSON)
		case 15:
			d.skipConst(`1`)
		default:
			d.extra(&m, &v.Extra)
		}
	}
}

func (v *sampleGroup) check(c *checker) {
	c.requireText("GroupId", v.ID)
	c.maxBytes("GroupId", v.ID, 48)
	c.expectText("Type", string(v.Kind))
	c.maxItems("MemberList", len(v.Members), 3)
	for i := range v.Members {
		c.enterItem("MemberList", i)
		v.Members[i].check(c)
		c.leave()
	}
	if value, ok := v.Notice.Get(); ok {
		c.maxLength("Notice", value, 10)
	}
	c.finite("Score", v.Score)
	c.validJSON("Any", v.Any)
	if v.Kind == "Public" {
		c.requiredWhen("Limit", v.Limit.IsSet(), "Type is Public")
	}
	c.enter("Inner")
	v.Inner.check(c)
	c.leave()
}

// sampleMember is an object inside of another one, which may also be written [] when it is empty.
type sampleMember struct {
	Account string
	Role    Opt[string]
	Extra   Extra
}

func (v *sampleMember) AppendJSON(dst []byte) []byte {
	dst = openObject(dst)
	dst = textField(dst, `"Account":`, v.Account)
	dst = optTextField(dst, `"Role":`, v.Role.set, string(v.Role.value))
	return closeExtra(dst, v.Extra)
}

var fieldsOfSampleMember = jsonFields{
	keys: []jsonKey{
		{name: `"Account":`, need: required},
		{name: `"Role":`},
	},
	must: true,
}

func (v *sampleMember) readJSON(d *jsonReader) {
	const (
		atAccount = iota
		atRole
	)
	m := members{of: &fieldsOfSampleMember}
	src, p := d.enter()
	seen := uint64(0)
	if q := after(src, p, `"Account":"`); q > 0 {
		p = pastComma(src, d.textAt(q, &v.Account))
		seen |= 1 << atAccount
	}
	if q := after(src, p, `"Role":"`); q > 0 {
		p = pastComma(src, d.textAt(q, &v.Role.value))
		v.Role.set = true
		seen |= 1 << atRole
	}
	if d.ended(&m, p, seen) {
		return
	}
	for d.objectOrEmptyList(&m); d.more(&m); {
		switch m.field {
		case atAccount:
			d.text(&v.Account)
		case atRole:
			v.Role.set = d.text(&v.Role.value)
		default:
			d.extra(&m, &v.Extra)
		}
	}
}

func (v *sampleMember) readInText(d *jsonReader) bool {
	const (
		atAccount = iota
		atRole
	)
	src, p := d.enterText()
	seen := uint64(0)
	if q := after(src, p, `\"Account\":\"`); q > 0 {
		p = pastComma(src, d.textInText(q, &v.Account))
		seen |= 1 << atAccount
	}
	if q := after(src, p, `\"Role\":\"`); q > 0 {
		p = pastComma(src, d.textInText(q, &v.Role.value))
		v.Role.set = true
		seen |= 1 << atRole
	}
	return d.leaveText(&fieldsOfSampleMember, p, seen)
}

func (v *sampleMember) check(c *checker) {
	c.maxLength("Account", v.Account, 32)
	if value, ok := v.Role.Get(); ok {
		c.oneOfText("Role", value, "Owner", "Admin", "Member")
	}
}

// sampleReply is a response with a result code.
type sampleReply struct {
	Code    Code
	Message string
	Token   Sensitive
	Groups  []sampleGroup
}

var fieldsOfSampleReply = jsonFields{
	keys: []jsonKey{
		{name: `"ret":`, need: resultCode},
		{name: `"msg":`},
		{name: `"token":`},
		{name: `"GroupInfo":`},
	},
	must: true,
}

func (v *sampleReply) readJSON(d *jsonReader) {
	m := members{of: &fieldsOfSampleReply}
	for d.object(&m); d.more(&m); {
		switch m.field {
		case 0:
			d.int((*int64)(&v.Code))
		case 1:
			d.text(&v.Message)
		case 2:
			d.text((*string)(&v.Token))
		case 3:
			readList(&v.Groups, d, 0, (*sampleGroup).readJSON)
		default:
			d.skip()
		}
	}
}

// sampleTree contains itself. As readTree it is read by the reader, as itself by encoding/json.
type sampleTree struct {
	Name     string     `json:"n"`
	Children []readTree `json:"c"`
}

type readTree sampleTree

var fieldsOfReadTree = jsonFields{
	keys: []jsonKey{
		{name: `"n":`},
		{name: `"c":`},
	},
}

func (v *readTree) readJSON(d *jsonReader) {
	const (
		atName = iota
		atChildren
	)
	m := members{of: &fieldsOfReadTree}
	src, p := d.enter()
	seen := uint64(0)
	if q := after(src, p, `"n":"`); q > 0 {
		p = pastComma(src, d.textAt(q, &v.Name))
		seen |= 1 << atName
	}
	if q := after(src, p, `"c":`); q > 0 && d.valueAt(q) {
		readList(&v.Children, d, 0, (*readTree).readJSON)
		p = pastComma(src, d.pos)
		seen |= 1 << atChildren
	}
	if d.ended(&m, p, seen) {
		return
	}
	for d.object(&m); d.more(&m); {
		switch m.field {
		case atName:
			d.text(&v.Name)
		case atChildren:
			readList(&v.Children, d, 0, (*readTree).readJSON)
		default:
			d.skip()
		}
	}
}

// twinGroup is sampleGroup for encoding/json, as far as both agree on what a text means.
type twinGroup struct {
	ID      string           `json:"GroupId"`
	Kind    string           `json:"Type"`
	Token   string           `json:"Token"`
	Members []twinMember     `json:"MemberList,omitempty"`
	Notice  *string          `json:"Notice,omitempty"`
	Limit   *uint32          `json:"Limit,omitempty"`
	Small   int32            `json:"Small"`
	Big     uint64           `json:"Big"`
	Score   float64          `json:"Score"`
	Hidden  bool             `json:"Hidden"`
	Counts  map[string]int64 `json:"Counts,omitempty"`
	Any     json.RawMessage  `json:"Any,omitempty"`
	Inner   twinMember       `json:"Inner"`
}

type twinMember struct {
	Account string  `json:"Account"`
	Role    *string `json:"Role,omitempty"`
}
