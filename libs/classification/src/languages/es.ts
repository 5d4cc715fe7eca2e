import type { LanguageWords } from '../language.js';

export const SPANISH: LanguageWords = {
  language: 'es',
  hasBlanks: true,
  letters: {},
  stopWords: ['el', 'la', 'los', 'las', 'de', 'del', 'y', 'es', 'son', 'está', 'están', 'nosotros', 'nuestro', 'nuestra', 'nuestros', 'para', 'con', 'no', 'que', 'en', 'una', 'un', 'por', 'favor', 'cómo', 'como', 'se', 'al', 'lo', 'su', 'pero', 'desde', 'hola', 'gracias', 'hemos', 'nos', 'ya', 'más', 'cuando', 'puedo', 'podemos', 'muy', 'mi'],
  ownLetters: 'ñ¿¡áíóú',
  terms: {
    'customer-billing': {
      sure: ['factura', 'facturas', 'factura duplicada', 'cobrado dos veces', 'cobraron dos veces', 'facturado dos veces', 'cobro duplicado', 'nota de crédito', 'nota de abono', 'dirección de facturación', 'período de facturación', 'factura rectificativa', 'cobrado de más'],
      likely: ['facturación', 'facturado', 'facturar', 'facturaron', 'iva', 'importe ~ mayor', 'importe ~ doble', 'importe ~ alto', 'orden de compra', 'nos cobr*', 'me cobr*'],
      hint: ['importe*', 'costo*', 'coste*', 'contabilidad', 'precio*', 'cargo*', 'prorrate*'],
    },
    'subscription-management': {
      sure: ['cancelar ~ suscripción', 'cancelación ~ suscripción', 'renov* ~ suscripción', 'suspender ~ suscripción', 'pausar ~ suscripción', 'suscripción ~ vence', 'suscripción ~ caduca', 'renovación automática', 'cambi* ~ plan', 'número de puestos', 'número de asientos', 'más puestos', 'más asientos', 'puestos adicionales', 'asientos adicionales', 'dar de baja ~ suscripción', 'reactivar ~ suscripción', 'plan superior', 'plan inferior', 'baja de la suscripción', 'aumentar ~ suscripción'],
      likely: ['suscripción', 'suscripciones', 'renovación', 'renovar', 'dar de baja', 'plan anual', 'plan mensual', 'plazo de preaviso'],
      hint: ['puestos', 'asientos', 'cancelar', 'plan', 'cantidad', 'vencimiento'],
    },
    'account-setup': {
      sure: ['crear ~ cuenta', 'creación ~ cuenta', 'abrir ~ cuenta', 'alta ~ cuenta', 'configurar ~ cuenta', 'nuevo inquilino', 'nuevo tenant', 'crear ~ inquilino', 'crear ~ tenant', 'verificar ~ dominio', 'verificación ~ dominio', 'añadir ~ dominio', 'agregar ~ dominio', 'administrador global', 'primer administrador', 'vincular ~ tenant', 'vincular ~ inquilino', 'alta de cliente'],
      likely: ['inquilino*', 'tenant*', 'nueva cuenta', 'registro ~ empresa', 'registrarse', 'cuenta de administrador', 'relación de revendedor', 'dominio'],
      hint: ['cuenta', 'crear', 'administrador*', 'alta'],
    },
    payment: {
      sure: ['tarjeta de crédito', 'tarjeta de débito', 'método de pago', 'métodos de pago', 'forma de pago', 'reembols*', 'domiciliación*', 'transferencia bancaria', 'pago ~ rechazado', 'tarjeta ~ rechazada', 'pago ~ falló', 'pago ~ fallido', 'iban', 'sepa', 'recordatorio de pago', 'tarjeta ~ caducada', 'tarjeta ~ vencida', 'devolución del dinero', 'datos bancarios', 'devolución ~ importe'],
      likely: ['pago', 'pagos', 'pagar', 'pagado', 'pagamos', 'cuenta bancaria', 'impago*', 'transferencia*'],
      hint: ['tarjeta', 'banco', 'rechazad*', 'dinero', 'devolución'],
    },
    'user-support': {
      sure: ['cómo puedo', 'cómo podemos', 'cómo se puede', 'cómo hago', 'cómo hacer', 'cómo exportar', 'cómo se exporta', 'cómo cambio', 'cómo cambiar', 'cómo agregar', 'cómo añadir', 'cómo configurar', 'cómo se configura', 'cómo funciona', 'cómo crear', 'dónde puedo', 'dónde encuentro', 'dónde encontrar', 'es posible', 'hay alguna forma', 'hay alguna manera', 'paso a paso', 'cómo usar', 'cómo utilizar', 'cómo compartir'],
      likely: ['duda de uso', 'duda sobre', 'explicar', 'qué opción', 'qué ajuste', 'me pueden indicar', 'cómo se', 'pueden decirme'],
      hint: ['duda*', 'pregunta*', 'exportar', 'informe*', 'ajuste*', 'plantilla*', 'filtro*', 'panel*'],
    },
    'break-fix': {
      sure: ['se cierra solo', 'se cierra sola', 'se bloquea', 'se cuelga', 'no funciona', 'dejó de funcionar', 'ha dejado de funcionar', 'mensaje de error', 'error 500', 'no puedo iniciar sesión', 'no podemos iniciar sesión', 'no puedo entrar', 'no puedo acceder', 'iniciar sesión ~ error', 'página en blanco', 'pantalla en blanco', 'se congela', 'bug', 'pérdida de datos', 'no se abre', 'no responde', 'no carga', 'datos ~ desaparec*', 'dañado*', 'excepción*', 'no guarda'],
      likely: ['error', 'errores', 'falla', 'fallo', 'fallos', 'tiempo de espera', 'resultados incorrectos', 'sincroniza*', 'roto', 'defecto*'],
      hint: ['problema*', 'sesión', 'contraseña', 'lento*', 'actualización'],
    },
    'service-health': {
      sure: ['caída del servicio', 'servicio ~ caído', 'sistema ~ caído', 'plataforma ~ caída', 'se cayó', 'interrupción del servicio', 'interrupción ~ servicio', 'fuera de servicio', 'nadie puede', 'ningún usuario', 'todos los usuarios', 'toda la empresa', 'servicio ~ no disponible', 'error 503', 'página de estado', 'servicio ~ degradado', 'inaccesible ~ todos', 'corte del servicio', 'apagón'],
      likely: ['no disponible', 'inaccesible', 'sin servicio', 'caída', 'caído', 'fuera de línea', 'todas las sedes', 'todos afectados', 'interrupción'],
      hint: ['desde esta mañana', 'incidente', 'región*', 'lentitud', 'servicio'],
    },
    'service-level': {
      sure: ['sla', 'ans', 'nivel de servicio', 'niveles de servicio', 'disponibilidad ~ garantizada', 'disponibilidad ~ comprometida', 'tiempo de respuesta ~ contrat*', 'tiempo* de respuesta', 'tiempo* de resolución', 'penalización', 'penalizaciones', 'crédito* de servicio', 'crédito* por servicio', 'incumplimiento', '99 9', '99 95'],
      likely: ['garantizado*', 'garantizada', 'compensación', 'indemnización', 'compromiso*', 'acordado*', 'contractual*'],
      hint: ['contrato*', 'disponibilidad', 'acuerdo*'],
    },
    documentation: {
      sure: ['documentación', 'manual de usuario', 'manual del usuario', 'guía de usuario', 'guía del usuario', 'guía de administración', 'guía de instalación', 'referencia de la api', 'referencia de api', 'notas de la versión', 'notas de versión', 'ficha técnica', 'libro blanco', 'documentado*', 'base de conocimientos'],
      likely: ['manual', 'manuales', 'guía', 'guías', 'artículo*', 'pdf'],
      hint: ['página', 'capítulo', 'desactualizad*', 'obsolet*', 'enlace*', 'describe*'],
    },
    training: {
      sure: ['formación', 'capacitación', 'capacitar', 'taller', 'talleres', 'seminario web', 'webinar*', 'instructor*', 'curso de formación', 'formar ~ equipo', 'formar ~ usuarios', 'sesión de formación', 'adiestramiento', 'entrenamiento', 'curso de certificación'],
      likely: ['curso', 'cursos', 'tutorial*', 'formador*', 'ruta de aprendizaje', 'seminario*'],
      hint: ['sesión*', 'participantes', 'aprender', 'equipo', 'nuevos compañeros'],
    },
    activation: {
      sure: ['enlace de activación', 'correo de activación', 'código de activación', 'activación ~ falla', 'activación ~ falló', 'activación ~ error', 'no se ha activado', 'sin activar', 'no podemos activar', 'no puedo activar', 'no se activa', 'activar ~ compra', 'activar ~ producto', 'pendiente de activación', 'activación pendiente', 'página de activación', 'activar ~ comprado', 'activar ~ suscripción'],
      likely: ['activación', 'activar', 'activado', 'correo de bienvenida'],
      hint: ['compramos', 'comprado', 'espera*', 'enlace', 'acceso', 'aprovision*'],
    },
    'licence-management': {
      sure: ['asign* ~ licencia*', 'quitar ~ licencia*', 'retirar ~ licencia*', 'liberar ~ licencia*', 'licencia* ~ usuario*', 'licencia* ~ empleado*', 'licencia* ~ compañer*', 'transferir ~ licencia*', 'clave de licencia', 'claves de licencia', 'clave de producto', 'reasign* ~ licencia*', 'licencia* ~ disponible*', 'licencia ~ caducada', 'licencia ~ vencida', 'mover ~ licencia*'],
      likely: ['licencia', 'licencias', 'licenciamiento'],
      hint: ['usuario*', 'empleado*', 'asignar', 'asignada*', 'dejó la empresa'],
    },
    'offer-management': {
      sure: ['oferta privada', 'ofertas privadas', 'publicar ~ oferta', 'publicación ~ oferta', 'publicar ~ marketplace', 'ficha ~ marketplace', 'oferta ~ marketplace', 'oferta ~ certificación', 'oferta ~ visible', 'appsource', 'oferta ~ rechazada', 'crear ~ oferta', 'plan privado', 'mercado comercial', 'anuncio ~ marketplace', 'ficha de la oferta'],
      likely: ['marketplace', 'publicación', 'oferta', 'ofertas', 'listado'],
      hint: ['logotipo', 'vista previa', 'certificación', 'publicar', 'plan'],
    },
    'commerce-transaction': {
      sure: ['pedido ~ falla', 'pedido ~ falló', 'pedido ~ error', 'pedido ~ atascado', 'pedido ~ bloqueado', 'pedido ~ rechazado', 'pedido ~ pendiente', 'pedido ~ no se', 'hacer ~ pedido', 'realizar ~ pedido', 'compra ~ falla', 'compra ~ falló', 'compra ~ error', 'completar ~ compra', 'no puedo comprar', 'no podemos comprar', 'finalizar ~ compra', 'carrito', 'transacción ~ falló', 'transacción ~ rechazada', 'número de pedido', 'finalizar ~ pedido'],
      likely: ['pedido', 'pedidos', 'compra', 'compras', 'comprar', 'transacción*'],
      hint: ['error', 'falla', 'falló', 'confirma*', 'bloqueado'],
    },
    'partner-billing': {
      sure: ['conciliación', 'archivo de conciliación', 'fichero de conciliación', 'factura* ~ microsoft', 'factura* ~ centro de partners', 'factura* ~ partner center', 'factura* ~ centro de socios', 'factura de partner', 'factura de socio', 'crédito obtenido', 'partner earned credit', 'pec', 'lista de precios', 'margen de partner', 'margen del partner', 'descuento de partner', 'microsoft ~ cobr*', 'archivo de uso', 'líneas de factura', 'líneas de la factura'],
      likely: ['margen', 'márgenes', 'precio de compra', 'descuento de revendedor', 'reconciliación'],
      hint: ['microsoft', 'centro de partners', 'partner center', 'csp', 'factura*'],
    },
    'account-support': {
      sure: ['centro de partners ~ cuenta', 'centro de partners ~ acceso', 'centro de partners ~ acceder', 'centro de partners ~ sesión', 'centro de partners ~ verificación', 'centro de socios ~ cuenta', 'centro de socios ~ acceso', 'partner center ~ cuenta', 'partner center ~ acceso', 'partner center ~ acceder', 'partner center ~ sesión', 'partner center ~ verificación', 'perfil fiscal', 'formulario fiscal', 'id de mpn', 'mpn id', 'cuenta de partner', 'cuenta de socio', 'cuenta de editor', 'cuenta de publicador', 'liquidación*', 'pago de incentivos', 'verificación de la empresa', 'perfil de pago', 'desembolso*'],
      likely: ['centro de partners', 'centro de socios', 'partner center', 'programa de partners', 'perfil de partner'],
      hint: ['verificación', 'bloqueada', 'cuenta', 'microsoft', 'perfil'],
    },
    'azure-deployment': {
      sure: ['plantilla arm', 'plantilla de arm', 'grupo de recursos', 'grupos de recursos', 'implementación ~ azure', 'implementación ~ falla', 'implementación ~ falló', 'implementación ~ error', 'despliegue ~ azure', 'despliegue ~ falla', 'despliegue ~ falló', 'despliegue ~ error', 'desplegar ~ azure', 'implementar ~ azure', 'máquina virtual', 'máquinas virtuales', 'cuota ~ superada', 'cuota ~ insuficiente', 'cuota ~ excedida', 'vcpu*', 'aplicación administrada', 'bicep', 'kubernetes', 'aks', 'región de azure', 'cuota de núcleos', 'imagen de contenedor', 'aprovisionamiento ~ azure', 'proveedor de recursos'],
      likely: ['azure', 'despliegue*', 'desplegar', 'cuota*', 'vm', 'subred*', 'implementación'],
      hint: ['plantilla', 'región', 'falla', 'falló', 'red'],
    },
    other: {
      sure: ['comentarios generales', 'felicita*', 'consulta de prensa', 'boletín', 'newsletter*', 'persona de contacto', 'cambio de dirección', 'nueva dirección', 'mudanza', 'nos hemos mudado', 'nos mudamos', 'cuestionario de proveedor*', 'cliente de referencia', 'encargo de tratamiento', 'nuevo número de teléfono', 'solicitud de empleo', 'patrocinio'],
      likely: ['sugerencia*', 'pregunta general', 'consulta general', 'queja*', 'cuestionario*', 'encuesta*'],
      hint: ['dirección', 'agradec*', 'contacto*', 'reunión'],
    },
  },
};
