package lower

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

func TestResults(t *testing.T) {
	api := run(t, head+`
x-msdk-results:
  v3:
    code: ret
    message: msg
    success: [0]
    empty: [1]
    status: {field: word, success: OK, failure: FAIL}
    wrapped: {-10000: qq, -20000: wechat}
    failures: {bad-signature: -502, internal: -1}
    errors:
      - {code: -502, name: BadSignature, layer: access, text: Wrong., retry: true}
      - {code: -503}
      - {code: 7}
paths:
  /a:
    get:
      operationId: a
      x-msdk-result: v3
      responses:
        "200": {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/R'}}}}
components:
  schemas:
    R:
      type: object
      properties:
        ret: {type: integer}
        msg: {type: string}
        word: {type: string, enum: [OK, FAIL]}
        items: {type: array, items: {$ref: '#/components/schemas/Item'}}
    Item: {type: object, x-msdk-item-result: v3, properties: {ret: {type: integer}, msg: {type: string}}}
`)
	r := api.Results[0]
	require.Same(t, r, api.Operations[0].Result)
	require.Same(t, r, typeNamed(t, api, "Item").ItemResult)
	require.Equal(t, []string{"v3", "ret", "msg"}, []string{r.Name.Spec, r.Code, r.Message})
	require.Equal(t, []int64{0}, r.Success)
	require.Equal(t, []int64{1}, r.Empty)
	require.Equal(t, []string{"word", "OK", "FAIL"}, []string{r.Status.Field, r.Status.Success, r.Status.Failure})
	require.Equal(t, &ir.Wrapped{Pos: diag.Pos{File: "t.yaml", Line: 11, Column: 27}, Code: -20000, Platform: "wechat"}, r.Wrapped[1])
	require.Equal(t, &ir.Failure{Pos: diag.Pos{File: "t.yaml", Line: 12, Column: 16}, Kind: ir.FailureBadSignature, Code: -502}, r.Failures[0])
	e := r.Errors[0]
	require.Equal(t, []string{"BadSignature", "access", "Wrong."}, []string{e.Name.Override, e.Layer, e.Text})
	require.True(t, e.Retry)
	require.Equal(t, "Minus503", r.Errors[1].Name.Spec)
	require.Equal(t, "7", r.Errors[2].Name.Spec)
}

func TestBadResults(t *testing.T) {
	run(t, head+`
x-msdk-results:
  a: {message: msg, success: [0]} # want missing-key
  b: {code: ret} # want missing-key
  c: {code: ret, success: []} # want extension
  d: {code: ret, success: [zero]} # want wrong-kind
  e: {code: ret, success: [0], empty: [0]} # want extension
  f: {code: ret, success: [0], status: {field: x}} # want missing-key missing-key
  g: {code: ret, success: [0], wrapped: {x: qq}} # want wrong-kind
  h: {code: ret, success: [0], failures: {bad-signatur: 1}} # want unknown-key
  i: {code: ret, success: [0], errors: [{code: 1}, {code: 1}, {name: X}, {code: 2, txt: x}]} # want extension missing-key unknown-key
  l: {code: ret, success: [0], failures: {bad-signature: 0, internal: -1}} # want extension
  m: {code: ret, success: [0], empty: [1], failures: {invalid: 1}} # want extension
  n: {code: ret, success: [0], failures: {invalid: 7}}
  o: {like: n, empty: [7]} # want extension
  j: # want wrong-kind
  k: {code: ret, message: msg, success: [0]}
paths:
  /a:
    get:
      operationId: a
      x-msdk-result: k # want extension extension
      responses:
        "200": {description: d, content: {application/json: {schema: {type: object, properties: {ret: {type: string}}}}}}
components:
  schemas:
    Item: {type: object, x-msdk-item-result: k, properties: {ret: {type: integer}, msg: {type: integer}}} # want extension
    Other: {type: object, x-msdk-item-result: z, properties: {}} # want unknown-name
    Text: {type: string, x-msdk-item-result: k} # want extension
    Small: {type: object, x-msdk-item-result: k, properties: {ret: {type: integer, format: int32}, msg: {type: string}}} # want unsupported
`)
}

func TestLikeResults(t *testing.T) {
	api := run(t, head+`
x-msdk-results:
  early: {like: v3, message: message}
  v3:
    code: ret
    message: msg
    success: [0]
    empty: [1]
    wrapped: {-10000: qq}
    failures: {internal: -1}
    errors: [{code: 7, name: Seven}]
  late: {like: v3, code: code, status: {field: word, success: OK, failure: FAIL}}
  a: {like: gone} # want unknown-name
  b: {like: b} # want extension
  c: {like: late} # want extension
  d: {like: v3, success: [0]} # want unknown-key
  e: {like: 3} # want wrong-kind
paths: {}
`)
	require.Equal(t, []string{"early", "v3", "late"}, []string{api.Results[0].Name.Spec, api.Results[1].Name.Spec, api.Results[2].Name.Spec})
	early, v3, late := api.Results[0], api.Results[1], api.Results[2]
	require.Same(t, v3, early.Like)
	require.Equal(t, []string{"ret", "message"}, []string{early.Code, early.Message})
	require.Equal(t, []string{"code", "msg", "OK"}, []string{late.Code, late.Message, late.Status.Success})
	for _, r := range []*ir.Result{early, late} {
		require.Equal(t, v3.Success, r.Success)
		require.Equal(t, v3.Empty, r.Empty)
		require.Equal(t, v3.Wrapped, r.Wrapped)
		require.Equal(t, v3.Failures, r.Failures)
		require.Empty(t, r.Errors, "the constants are those of v3")
	}
	require.Nil(t, early.Status)
	require.Nil(t, v3.Like)
}
