# Personer, organisationer, roller och frånvaro i arbetsytan.

desk-people = Personer
desk-organisations = Organisationer
desk-roles = Roller
