package support

import "testing"

// signedText runs a program and returns the text for its only place.
func signedText(s *scheme, m *message, key string) string {
	m.begin(nil, currentKey)
	s.sign(m, key)
	return string(m.placed[0])
}

func TestKnownAnswers(t *testing.T) {
	m := &message{
		own: messagePath{decoded: "/v2/group/send_group_msg"}, body: []byte(`{"openid":"15879468368890148661","token":"935C4F643BC40AC88095429B1F063E07"}`),
		parameters: []pair{
			{"channelid", "2"}, {"os", "1"}, {"gameid", "12"}, {"version", "2.0"}, {"ts", "1557836202"}, {"seq", ""}, {"source", "0"},
		},
	}
	if got := string(appendPairs(nil, sorted(m.queryList(), byName), "=", "&")); got != "channelid=2&gameid=12&os=1&seq=&source=0&ts=1557836202&version=2.0" {
		t.Error(got)
	}
	if got := signedText(&schemeWireV5, m, "test-key"); got != "1905b7059ec6f71d9d44e7eab65eef51" {
		t.Errorf("known answer: %s", got)
	}
	if got := signedText(&schemeWireV3, &message{parameters: []pair{{"timestamp", "1381288134"}}}, handKey); got != "a40e358132d0e9457e89bf30684b6e6b" {
		t.Errorf("known answer: %s", got)
	}
	if m.secret("x") != "" || m.parameter("y") != "" || !m.missing {
		t.Error("what is absent is empty")
	}
}

// TestNamedSecret: a program may name its secrets itself; a missing one must not sign.
func TestNamedSecret(t *testing.T) {
	s := &scheme{
		name: "named", secrets: []string{"msdkkey", "appkey"}, places: []place{{name: "sig"}},
		sign: func(m *message, _ string) {
			text := append([]byte(nil), m.secret("msdkkey")...)
			m.place(append(append(text, '+'), m.secret("appkey")...))
		},
	}
	both := wireV3Credentials{AppID: "1", MSDKKey: NewKey("new").WithPrevious("old"), AppKey: NewKey("app")}
	for given, good := range map[string]bool{"new+app": true, "old+app": true, "+app": false, "": false} {
		if v := s.verify(new(message), []string{given}, both, wireTime); good != (v.failure == "") {
			t.Errorf("%q: %v", given, v)
		}
	}
	if v := s.verify(new(message), []string{"new+"}, wireV3Credentials{MSDKKey: NewKey("new")}, wireTime); v.failure == "" {
		t.Error("a signature without a secret was taken")
	}
	mask := new(mask)
	s.addSecrets(mask, both)
	if got := mask.text("it is app, not oldest", 100); got != "it is ***, not oldest" {
		t.Error(got)
	}
}
