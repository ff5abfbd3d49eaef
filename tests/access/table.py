"""Every address of the site with its audience. An address or a method that is not written here fails the walk.

Audiences (the first word of a block):
  public    everybody                          signed    whoever is signed in
  case      the owner's side of the case and the offices that reach it
  owner     the owner's side alone             office    the offices that reach it, on the offices' pages
  offices   whoever works on cases, or audits  desk      whoever writes, approves or audits rules
  137       operators of 137                   staff     the admin site
  inspectors  of the case's district             principal, holder  who gave and who holds the agent's mandate
  nobody    not in an installation in use (the outbox of the demo)
  others    owners and audiences of things that are not in the walk: nobody is let in by the walk's people

Methods: `GET` answers 200 to its audience; `GET?` is only refused to the others (a redirect, or nothing is there);
`GET*` shows a case: 200, and each look is written down once; `GET+` hands a file out, written down as a download or
look of its own. `POST`, `PUT`, `PATCH`, `DELETE` with an empty body: the audience is let in (whatever is then said of
the body), all others are refused and change nothing. A method that is not named does nothing for anybody.
"""

TABLE = """
public
  GET         .
  GET?        account/inactive/
  GET? POST   account/login/
  GET? POST   account/login/code/
  GET? POST   account/login/code/confirm/
  GET? POST   account/login/identity/
  GET? POST   account/login/identity/mobile/
  GET? POST   account/logout/
  GET         acts/
  GET? POST   admin/login/
  GET?        acts/<int:pk>/
  GET?        acts/documents/<slug:sha256>/
  GET?        api/v1/
  GET         api/v1/docs
  GET         api/v1/layers
  GET         api/v1/openapi.json
  GET         api/v1/parcels/<code>
  GET         api/v1/parcels/<code>/envelope
  GET         api/v1/parcels/<code>/extract
  GET?        api/v1/parcels/<code>/extract.pdf
  GET         api/v1/parcels/<code>/geometry
  GET         api/v1/parcels/<code>/history
  GET?        api/v1/parcels/<code>/parts
  GET?        api/v1/parcels/at
  GET?        api/v1/parcels/search
  GET         api/v1/permit-kinds
  GET         api/v1/schemas/parvaneh-extract-1.json
  GET         api/v1/services
  GET?        api/v1/services/<service>
  GET?        api/v1/track
  GET         compare/
  GET?        compare/<slug:key>/<int:z>/<int:x>/<int:y>.mvt
  GET?        compare/<slug:key>/state/
  GET         feed/acts.atom
  GET         feed/acts.json
  GET         healthz
  GET         layers/
  GET?        notices/email/<str:token>/
  GET         ogc/
  GET         ogc/api
  GET         ogc/collections
  GET?        ogc/collections/<slug:layer>
  GET?        ogc/collections/<slug:layer>/items
  GET?        ogc/collections/<slug:layer>/items/<str:code>
  GET         ogc/conformance
  GET?        oidc/callback/
  GET         open/
  GET         open/catalog.jsonld
  GET         open/catalog.ttl
  GET?        open/editions/<slug:code>.gpkg
  GET?        open/editions/<slug:code>.xml
  GET?        open/rulebooks/<slug:code>.csv
  GET?        open/rulebooks/<slug:code>.xlsx
  GET         parcels/<str:code>/
  GET         parcels/<str:code>/envelope/
  GET         parcels/<str:code>/history/
  GET         parcels/<str:code>/panel/
  GET?        parcels/<str:code>/parts/<int:feature>/
  GET         parcels/<str:code>/qr.svg
  GET?        readyz
  GET         search/
  GET         services/
  GET?        services/<slug:service>/
  GET? POST   services/<slug:service>/start/
  GET?        t/<str:tracking>/<str:key>/
  GET?        tiles/<slug:layer>/<slug:key>/<int:z>/<int:x>/<int:y>.mvt
  GET         track/

signed
  GET         account/
  GET? POST   account/second-factor/
  GET? POST   account/second-factor/setup/
  GET POST    api/v1/cases
  GET POST    api/v1/mandates
  POST        api/v1/mandates/asks
  POST        api/v1/mandates/reclaim
  GET POST    api/v1/requests
  GET         api/v1/requests/kinds
  GET         mandates/
  GET POST    mandates/ask/
  GET POST    mandates/give/
  POST        mandates/reclaim/
  GET         my/parcels/
  GET         notices/
  POST        notices/read/
  GET POST    notices/settings/
  POST        parcels/<str:code>/request/
  POST        parcels/<str:code>/watch/
  GET         requests/
  GET         watching/
  POST        watching/add/

case
  GET* POST   api/v1/case-files/<tracking>
  GET+        api/v1/case-files/<tracking>/<document>/<number>
  GET*        api/v1/cases/<tracking>
  PUT         api/v1/cases/<tracking>/form
  POST        api/v1/cases/<tracking>/steps
  GET*        api/v1/requests/<tracking>
  POST        api/v1/requests/<tracking>/cancel
  POST        api/v1/requests/<tracking>/choice
  GET* POST PUT DELETE api/v1/requests/<tracking>/inspection
  GET* PUT    api/v1/requests/<tracking>/proposal
  POST        api/v1/requests/<tracking>/steps
  POST        api/v1/requests/<tracking>/submit
  GET* POST   case-files/<str:tracking>/
  GET+        case-files/<str:tracking>/<int:document>/<int:number>/
  GET?        case-files/<str:tracking>/<int:document>/<int:number>/picture/
  GET*        requests/<str:tracking>/
  POST        requests/<str:tracking>/asks/<int:pk>/answer/
  POST        requests/<str:tracking>/asks/<int:pk>/dispute/
  POST        requests/<str:tracking>/cancel/
  POST        requests/<str:tracking>/choose/
  GET*        requests/<str:tracking>/inspection/
  POST        requests/<str:tracking>/inspection/book/
  POST        requests/<str:tracking>/inspection/cancel/
  POST        requests/<str:tracking>/inspection/move/
  GET+        requests/<str:tracking>/inspection/visit.ics
  POST        requests/<str:tracking>/owners/<int:pk>/consent/
  POST        requests/<str:tracking>/owners/<int:pk>/remove/
  POST        requests/<str:tracking>/owners/declare/
  POST        requests/<str:tracking>/owners/object/
  POST        requests/<str:tracking>/wanted/<slug:wanted>/dispute/
  GET* POST   requests/<str:tracking>/proposal/
  POST        requests/<str:tracking>/say/
  POST        requests/<str:tracking>/step/
  POST        requests/<str:tracking>/submit/

owner
  GET* POST   requests/<str:tracking>/answers/
  GET*        requests/<str:tracking>/receipt/

office
  GET*        officer/cases/<str:tracking>/
  POST        officer/cases/<str:tracking>/ask/
  POST        officer/cases/<str:tracking>/asks/<int:pk>/settle/
  POST        officer/cases/<str:tracking>/former/
  POST        officer/cases/<str:tracking>/hand-over/
  POST        officer/cases/<str:tracking>/hold/
  POST        officer/cases/<str:tracking>/holds/<int:pk>/release/
  POST        officer/cases/<str:tracking>/owners/<int:pk>/confirm/
  POST        officer/cases/<str:tracking>/owners/<int:pk>/reopen/
  POST        officer/cases/<str:tracking>/say/
  POST        officer/cases/<str:tracking>/sign/
  POST        officer/cases/<str:tracking>/step/
  POST        officer/cases/<str:tracking>/take/

offices
  GET         officer/cases/

inspectors
  GET         officer/inspections/
  GET* POST   officer/inspections/<int:pk>/

desk
  GET         desk/
  GET         desk/acts/
  GET? POST   desk/acts/<int:pk>/
  GET? POST   desk/acts/<int:pk>/code/
  GET? POST   desk/acts/<int:pk>/edit/
  GET? POST   desk/acts/<int:pk>/sign/
  GET? POST   desk/acts/<int:pk>/withdraw/
  GET? POST   desk/acts/new/
  GET?        desk/acts/recorded/<int:pk>/
  GET         desk/compare/
  POST        desk/compare/<slug:key>/cancel/
  POST        desk/compare/<slug:key>/resume/
  GET         desk/heritage/
  GET? POST   desk/heritage/new/
  GET         desk/impact/
  GET?        desk/impact/<int:pk>/
  POST        desk/impact/<int:pk>/again/
  POST        desk/impact/<int:pk>/cancel/
  GET?        desk/impact/<int:pk>/impact.csv
  GET?        desk/impact/<int:pk>/impact.gpkg
  GET?        desk/impact/<int:pk>/impact.html
  GET?        desk/impact/<int:pk>/parcels/
  GET?        desk/impact/<int:pk>/points.json
  GET?        desk/impact/<int:pk>/state/
  POST        desk/impact/of-draft/<int:draft>/
  POST        desk/impact/of/<slug:code>/
  GET         desk/layers/
  GET?        desk/layers/<uuid:run>/
  POST        desk/layers/<uuid:run>/again/
  GET?        desk/layers/<uuid:run>/bad.gpkg
  POST        desk/layers/<uuid:run>/cancel/
  GET? POST   desk/layers/<uuid:run>/map/
  GET?        desk/layers/<uuid:run>/picture/
  POST        desk/layers/<uuid:run>/remove/
  GET?        desk/layers/<uuid:run>/report.csv
  GET?        desk/layers/<uuid:run>/state/
  GET? POST   desk/layers/new/
  GET         desk/rulebooks/
  GET? POST   desk/rulebooks/<uuid:draft>/
  POST        desk/rulebooks/<uuid:draft>/remove/
  GET? POST   desk/rulebooks/new/
  GET?        desk/tiles/differences/<slug:key>/<int:z>/<int:x>/<int:y>.mvt
  GET?        desk/tiles/editions/<int:edition>/<int:z>/<int:x>/<int:y>.mvt

principal
  POST        api/v1/mandates/<int:pk>/revoke
  POST        mandates/<int:pk>/revoke/

holder
  POST        api/v1/mandates/<int:pk>/renounce
  POST        mandates/<int:pk>/renounce/

others
  POST        api/v1/mandates/asks/<int:pk>/accept
  POST        api/v1/mandates/asks/<int:pk>/code
  POST        api/v1/mandates/asks/<int:pk>/refuse
  POST        desk/uploads/
  PATCH DELETE desk/uploads/<uuid:upload>/
  GET?        mandates/asks/<int:pk>/
  POST        mandates/asks/<int:pk>/accept/
  POST        mandates/asks/<int:pk>/code/
  POST        mandates/asks/<int:pk>/refuse/
  POST        watching/<int:pk>/end/

137
  GET? POST   services/<slug:service>/call/

staff
  GET? POST   admin/*

nobody
  GET?        outbox/
"""
