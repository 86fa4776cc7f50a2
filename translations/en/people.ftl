# People, organisations, roles and absence in the workspace.

desk-people = People
desk-organisations = Organisations
desk-roles = Roles
