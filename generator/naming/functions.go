package naming

// Functions beside the generated code, which signing programs call: their names are the user's, and only known to be taken when all names are
// made.

import "github.com/msdkgen/msdkgen/generator/diag"

// functions reports a function of the user's, called by a signing program, that has the name of one that is generated for a scheme.
func (a *assigner) functions() {
	for _, s := range a.api.Schemes {
		if s.Program == nil {
			continue
		}
		for _, step := range s.Program.Steps {
			for _, other := range a.api.Schemes {
				if name := step.Function; name != "" && (name == "sign"+other.Name.Go || name == "scheme"+other.Name.Go) {
					a.list.Errorf(step.Pos, diag.CodeInvalidName, "the generated code uses the name %s for something else", quote(name)).
						See(other.Name.Pos, "for the security scheme %s", quote(other.Name.Spec)).Suggest("another name for the function")
				}
			}
		}
	}
}
