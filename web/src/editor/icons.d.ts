declare module "icon:*" {
  const drawing: string;
  export default drawing;
}
