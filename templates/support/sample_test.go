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

func (v *sampleGroup) MarshalJSON() ([]byte, error)    { return marshal(v) }
func (v *sampleGroup) UnmarshalJSON(text []byte) error { return unmarshal(text, v) }
func (v *sampleGroup) Validate() error                 { return validate("group", v) }
func (v *sampleGroup) appendBody(dst []byte, f *filler) []byte {
	dst = append(dst, '{')
	dst = f.credentialInt(dst, `"appid":`, "appid")
	dst = f.timestamp(dst, `"time":`)
	dst = f.nonceField(dst, `"random":`, 32)
	dst = textField(dst, `"GroupId":`, v.ID)
	dst = textField(dst, `"Type":`, v.Kind)
	dst = textField(dst, `"Token":`, v.Token)
	dst = optListField(dst, `"MemberList":`, v.Members, appendObject[sampleMember])
	dst = optField(dst, `"Notice":`, v.Notice, appendText)
	dst = optField(dst, `"Limit":`, v.Limit, appendInt)
	dst = intField(dst, `"Small":`, v.Small)
	dst = intField(dst, `"Big":`, v.Big)
	dst = floatField(dst, `"Score":`, v.Score)
	dst = boolField(dst, `"Hidden":`, v.Hidden)
	dst = optMapField(dst, `"Counts":`, v.Counts, appendInt)
	dst = commaField(dst, `"Numbers":`, v.Numbers)
	dst = optAnyField(dst, `"Any":`, v.Any)
	dst = objectField(dst, `"Inner":`, &v.Inner)
	dst = embeddedField(dst, `"Text":`, v.Text, appendObject[sampleMember])
	dst = constField(dst, `"scenes":1`)
	dst = extraFields(dst, v.Extra)
	return closeObject(dst)
}

func (v *sampleGroup) readJSON(d *jsonReader) {
	var seen fieldSet
	for d.object(); d.more(); {
		switch d.name {
		case "GroupId":
			d.mark(&seen, 0)
			v.ID = d.text()
		case "Type":
			d.mark(&seen, 1)
			v.Kind = readText[sampleKind](d)
		case "Token":
			d.mark(&seen, 2)
			v.Token = readTextOrInt[Sensitive](d)
		case "MemberList":
			d.mark(&seen, 3)
			v.Members = readList(d, 3, readObject[sampleMember])
		case "Notice":
			d.mark(&seen, 4)
			v.Notice = readOpt(d, (*jsonReader).text)
		case "Limit":
			d.mark(&seen, 5)
			v.Limit = readOpt(d, readInt[uint32])
		case "Small":
			d.mark(&seen, 6)
			v.Small = readIntOrText[int32](d)
		case "Big":
			d.mark(&seen, 7)
			v.Big = readInt[uint64](d)
		case "Score":
			d.mark(&seen, 8)
			v.Score = d.float()
		case "Hidden":
			d.mark(&seen, 9)
			v.Hidden = d.bool()
		case "Counts":
			d.mark(&seen, 10)
			v.Counts = readMap(d, 0, (*jsonReader).int)
		case "Numbers":
			d.mark(&seen, 12)
			v.Numbers = readCommaList[int32](d)
		case "Any":
			d.mark(&seen, 13)
			v.Any = d.raw()
		case "Inner":
			d.mark(&seen, 14)
			v.Inner = readObjectOrText[sampleMember](d)
		case "Text":
			d.mark(&seen, 15)
			v.Text = readEmbedded(d, readObject[sampleMember])
		case "scenes":
			d.mark(&seen, 16)
			d.skipConst(`1`)
		default:
			v.Extra = d.extra(v.Extra)
		}
	}
	d.require(&seen, 0, "GroupId")
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
	dst = append(dst, '{')
	dst = textField(dst, `"Account":`, v.Account)
	dst = optField(dst, `"Role":`, v.Role, appendText)
	dst = extraFields(dst, v.Extra)
	return closeObject(dst)
}

func (v *sampleMember) readJSON(d *jsonReader) {
	var seen fieldSet
	for d.objectOrEmptyList(); d.more(); {
		switch d.name {
		case "Account":
			d.mark(&seen, 0)
			v.Account = d.text()
		case "Role":
			d.mark(&seen, 1)
			v.Role = readOpt(d, (*jsonReader).text)
		default:
			v.Extra = d.extra(v.Extra)
		}
	}
	d.require(&seen, 0, "Account")
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

func (v *sampleReply) readJSON(d *jsonReader) {
	var seen fieldSet
	for d.object(); d.more(); {
		switch d.name {
		case "ret":
			d.mark(&seen, 0)
			v.Code = readInt[Code](d)
		case "msg":
			d.mark(&seen, 1)
			v.Message = d.text()
		case "token":
			d.mark(&seen, 2)
			v.Token = readText[Sensitive](d)
		case "GroupInfo":
			d.mark(&seen, 3)
			v.Groups = readList(d, 0, readObject[sampleGroup])
		default:
			d.skip()
		}
	}
	d.requireCode(&seen, 0, "ret")
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
